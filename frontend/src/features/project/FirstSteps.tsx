import { Box, Button, chakra, Flex, Grid, Heading, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'

import { useAction } from '@/api/action'
import { errorText } from '@/api/errors'
import { canEdit, type ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { CodeBlock } from '@/components/CodeBlock'
import { CopyButton } from '@/components/CopyButton'
import { countOf } from '@/components/format'
import { Notice } from '@/components/Notice'

import { CreateSnippetToken, ProjectNames } from './documents'
import { LoggedColumns } from './LoggedColumns'
import { snippet, type SnippetKind, snippetKinds } from './snippets'

const tokenDays = 30

/** What an empty project shows: the script that fills it. */
export function FirstSteps({ project }: { project: ProjectInfo }) {
  return (
    <Box maxW="1080px" mx="auto" p="36px 24px">
      <Heading as="h2" textStyle="section" fontWeight={600}>
        Log your first datapoints
      </Heading>
      <Text textStyle="lead" color="text2" mb="20px">
        Keys are all you need. Files, labels, inferences and embeddings can come now or later, by key.
      </Text>
      <Grid templateColumns={{ base: '1fr', lg: '1fr 376px' }} gap="20px" alignItems="start">
        <SnippetCard project={project} />
        <LoggedColumns />
      </Grid>
      <Waiting project={project} />
    </Box>
  )
}

function SnippetCard({ project }: { project: ProjectInfo }) {
  const [kind, setKind] = useState<SnippetKind>('Images')
  const [secret, setSecret] = useState<string | null>(null)
  const create = useAction(CreateSnippetToken)
  const place = { origin: window.location.origin, project: project.fullName }

  async function createToken() {
    const payload = await create.run({
      input: {
        name: `${project.name} snippet`,
        scope: 'WRITE',
        expiresDays: tokenDays,
        projectId: project.id,
      },
    })
    if (payload?.secret) setSecret(payload.secret)
  }
  const shownToken = secret && `${secret.slice(0, 8)}…`
  return (
    <Card>
      <Flex align="center" gap="4px" px="12px" h="40px" borderBottomWidth="1px" borderColor="border">
        {snippetKinds.map((each) => (
          <KindButton key={each} isCurrent={each === kind} onClick={() => setKind(each)}>
            {each}
          </KindButton>
        ))}
        <Box ms="auto">
          <CopyButton text={snippet(kind, { ...place, token: secret })} />
        </Box>
      </Flex>
      <CodeBlock code={snippet(kind, { ...place, token: shownToken })} />
      <Flex
        align="center"
        gap="12px"
        px="16px"
        py="8px"
        borderTopWidth="1px"
        borderColor="border"
        minH="44px"
      >
        <Text textStyle="dense" color="text2" flex={1}>
          {secret
            ? `The token is shown in full when you copy. Write access, this project, ${tokenDays} days.`
            : 'The script needs a token. A new one gets write access to this project alone.'}
        </Text>
        {canEdit(project) && (
          <Button onClick={createToken} loading={create.isPending}>
            New token
          </Button>
        )}
      </Flex>
      {create.errors.length > 0 && <Notice tone="error">{errorText(create.errors)}</Notice>}
    </Card>
  )
}

function KindButton({ isCurrent, ...props }: { isCurrent: boolean; onClick: () => void; children: string }) {
  return (
    <chakra.button
      type="button"
      aria-pressed={isCurrent}
      px="8px"
      h="24px"
      borderRadius="chip"
      textStyle="dense"
      fontWeight={500}
      cursor="pointer"
      bg={isCurrent ? 'accentBg' : 'transparent'}
      color={isCurrent ? 'accentText' : 'text2'}
      {...props}
    />
  )
}

function Waiting({ project }: { project: ProjectInfo }) {
  const [{ data }] = useQuery({ query: ProjectNames })
  const other = data?.projects.edges
    .map(({ node }) => node)
    .filter((each) => each.id !== project.id && each.datapointCount > 0)
    .sort((left, right) => right.datapointCount - left.datapointCount)[0]
  return (
    <Card mt="20px" px="16px" py="10px" display="flex" alignItems="center" gap="8px" role="status">
      <Box boxSize="8px" borderRadius="full" borderWidth="2px" borderColor="accent" />
      <Text fontWeight={500}>Waiting for datapoints</Text>
      <Text color="text2">This page fills by itself as soon as the first ones arrive.</Text>
      {other && (
        <Text ms="auto" textStyle="dense" color="text2">
          or explore{' '}
          <chakra.span color="accentText" fontWeight={500}>
            <Link
              to="/projects/$namespace/$project"
              params={{ namespace: other.namespace, project: other.name }}
            >
              {other.fullName}
            </Link>
          </chakra.span>
          , {countOf(other.datapointCount, 'datapoint')}
        </Text>
      )}
    </Card>
  )
}
