import { Button, Flex } from '@chakra-ui/react'
import { type FormEvent, useState } from 'react'

import { requestJson } from '@/api/http'
import { restartSession } from '@/api/session'
import { Notice } from '@/components/Notice'

import { PasswordInput } from './PasswordInput'

interface ChoosePasswordProps {
  address: string
  username: string
  onDone: () => void
}

export function ChoosePassword({ address, username, onDone }: ChoosePasswordProps) {
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!password) return setFailure('Choose a password.')
    if (password !== again) return setFailure('The two passwords differ.')
    setPending(true)
    try {
      await requestJson('POST', address, { password })
      restartSession()
      onDone()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : 'Something went wrong. Try again.')
      setPending(false)
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <Flex direction="column" gap="16px">
        <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
        <PasswordInput label="Password" value={password} autoComplete="new-password" onChange={setPassword} />
        <PasswordInput label="Password again" value={again} autoComplete="new-password" onChange={setAgain} />
        {failure && <Notice tone="error">{failure}</Notice>}
        <Button type="submit" variant="solid" size="md" loading={isPending}>
          Set password and sign in
        </Button>
      </Flex>
    </form>
  )
}
