import { Button, Flex, Input } from '@chakra-ui/react'
import { type FormEvent, useState } from 'react'

import { useAction } from '@/api/action'
import { errorText, fieldError, otherErrors } from '@/api/errors'
import { Card } from '@/components/Card'
import { FormField } from '@/components/FormField'
import { Notice } from '@/components/Notice'
import { SectionHead } from '@/components/SectionHead'
import { toast } from '@/components/toast'

import { ChangePassword } from './documents'

const empty = { current: '', next: '', again: '' }

export function ChangePasswordForm() {
  const [values, setValues] = useState(empty)
  const [differ, setDiffer] = useState(false)
  const change = useAction(ChangePassword)
  const others = otherErrors(change.errors, ['currentPassword', 'newPassword'])

  async function submit(event: FormEvent) {
    event.preventDefault()
    const isSame = values.next === values.again
    setDiffer(!isSame)
    if (!isSame) return
    const input = { currentPassword: values.current, newPassword: values.next }
    if (await change.run({ input })) {
      setValues(empty)
      toast({ text: 'Password changed' })
    }
  }
  function field(name: keyof typeof empty, label: string, autoComplete: string, error?: string) {
    return (
      <FormField label={label} error={error}>
        <Input
          type="password"
          autoComplete={autoComplete}
          value={values[name]}
          onChange={(event) => setValues({ ...values, [name]: event.target.value })}
        />
      </FormField>
    )
  }
  return (
    <section>
      <SectionHead title="Password" />
      <Card p="16px">
        <form onSubmit={submit} noValidate>
          <Flex direction="column" gap="16px" maxW="344px">
            {field(
              'current',
              'Current password',
              'current-password',
              fieldError(change.errors, 'currentPassword'),
            )}
            {field('next', 'New password', 'new-password', fieldError(change.errors, 'newPassword'))}
            {field(
              'again',
              'New password again',
              'new-password',
              differ ? 'The two passwords differ.' : undefined,
            )}
            {others.length > 0 && <Notice tone="error">{errorText(others)}</Notice>}
            <Button
              type="submit"
              size="md"
              alignSelf="flex-start"
              loading={change.isPending}
              disabled={!values.current || !values.next}
            >
              Change password
            </Button>
          </Flex>
        </form>
      </Card>
    </section>
  )
}
