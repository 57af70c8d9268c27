import { Button, Flex, Input, Text } from '@chakra-ui/react'
import { type FormEvent, useState } from 'react'

import { signIn } from '@/api/session'
import { FormField } from '@/components/FormField'
import { Notice } from '@/components/Notice'

import { AuthCard } from './AuthCard'
import { PasswordInput } from './PasswordInput'
import { signInFailure } from './signInFailure'

export function LoginPage() {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!username.trim() || !password) return setFailure('Give your username and your password.')
    setPending(true)
    try {
      await signIn(username.trim(), password)
    } catch (error) {
      setFailure(signInFailure(error))
      setPassword('')
    } finally {
      setPending(false)
    }
  }
  return (
    <AuthCard title="Sign in" lead={window.location.host}>
      <form onSubmit={submit} noValidate>
        <Flex direction="column" gap="16px">
          <FormField label="Username">
            <Input
              name="username"
              value={username}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              onChange={(event) => setUsername(event.target.value)}
            />
          </FormField>
          <PasswordInput
            label="Password"
            value={password}
            autoComplete="current-password"
            onChange={setPassword}
          />
          {failure && <Notice tone="error">{failure}</Notice>}
          <Button type="submit" variant="solid" size="md" textStyle="lead" loading={isPending} mt="4px">
            Sign in
          </Button>
          <Text textStyle="dense" color="text2">
            No account or lost password? Ask whoever runs this server; they can create one for you.
          </Text>
        </Flex>
      </form>
    </AuthCard>
  )
}
