import { Flex, Heading } from '@chakra-ui/react'

import { useMe } from '@/api/me'

import { ChangePasswordForm } from './ChangePasswordForm'
import { TokenSection } from './TokenSection'

export function AccountPage() {
  const { me } = useMe()
  return (
    <Flex direction="column" gap="24px" maxW="880px" mx="auto" p="24px">
      <Heading as="h1" textStyle="title" fontWeight={600}>
        Account of {me?.username}
      </Heading>
      <TokenSection />
      <ChangePasswordForm />
    </Flex>
  )
}
