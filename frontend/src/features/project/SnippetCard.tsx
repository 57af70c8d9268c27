import { Box, Button, chakra, Flex, Text } from '@chakra-ui/react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { errorText } from '@/api/errors'
import { canEdit, type ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { CodeBlock } from '@/components/CodeBlock'
import { CopyButton } from '@/components/CopyButton'
import { Notice } from '@/components/Notice'

import { CreateSnippetToken } from './documents'
import { snippet, type SnippetKind, snippetKinds } from './snippets'

const tokenDays = 30

/** The script that logs into this project, with a token of its own on demand. */
export function SnippetCard({ project }: { project: ProjectInfo }) {
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
