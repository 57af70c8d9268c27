import { Button, chakra, Flex, Text } from '@chakra-ui/react'

import { Card } from '@/components/Card'
import { CopyButton } from '@/components/CopyButton'

/** The one time a token is shown in full, with three lines that use it. */
export function SecretCard({ secret, onClose }: { secret: string; onClose: () => void }) {
  const snippet = [
    'import chroma_sdk as chroma',
    `client = chroma.Client(url="${window.location.origin}", token="${secret}")`,
    'project = client.project("my first project")',
  ].join('\n')
  return (
    <Card p="16px" mb="12px" borderColor="accentBorder" data-testid="token-secret">
      <Text fontWeight={600}>Copy your token now</Text>
      <Text color="text2" mb="12px">
        It is shown only this once. Lost it? Revoke it and create another.
      </Text>
      <Flex gap="8px" mb="12px" align="center">
        <chakra.code
          textStyle="code"
          bg="sunk"
          px="10px"
          py="4px"
          borderRadius="control"
          wordBreak="break-all"
        >
          {secret}
        </chakra.code>
        <CopyButton text={secret} label="Copy token" />
      </Flex>
      <chakra.pre textStyle="code" bg="sunk" p="10px" borderRadius="control" overflowX="auto" mb="12px">
        {snippet}
      </chakra.pre>
      <Flex gap="8px">
        <CopyButton text={snippet} label="Copy snippet" />
        <Button onClick={onClose}>I have copied it</Button>
      </Flex>
    </Card>
  )
}
