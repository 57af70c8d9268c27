import { Button } from '@chakra-ui/react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { isOwner, type ProjectInfo } from '@/api/project'
import { DeleteDialog } from '@/components/DeleteDialog'

import { RemoveMember } from './documents'
import type { Member } from './MembersPage'

interface RemoveMemberButtonProps {
  project: ProjectInfo
  member: Member
  isMe: boolean
}

/** An owner removes others; everybody may leave. */
export function RemoveMemberButton({ project, member, isMe }: RemoveMemberButtonProps) {
  const [isOpen, setOpen] = useState(false)
  const remove = useAction(RemoveMember)
  const navigate = useNavigate()
  if (!isMe && !isOwner(project)) return null

  async function confirm() {
    if (!(await remove.run({ input: { membershipId: member.id } }))) return
    if (isMe) return void navigate({ to: '/' })
    setOpen(false)
    announce(project.id)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{isMe ? 'Leave' : 'Remove'}</Button>
      {isOpen && (
        <DeleteDialog
          noun={isMe ? 'project' : 'member'}
          name={isMe ? project.fullName : member.user.username}
          verb={isMe ? 'Leave' : 'Remove'}
          isPending={remove.isPending}
          errors={remove.errors}
          onConfirm={confirm}
          onClose={() => setOpen(false)}
        >
          {isMe
            ? 'You no longer see this project. An owner can invite you again. What you logged and tagged stays.'
            : 'They no longer see this project, and their tokens stop working for it. What they logged and tagged stays.'}
        </DeleteDialog>
      )}
    </>
  )
}
