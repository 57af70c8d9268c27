import { Dialog } from '@chakra-ui/react'

import type { ProjectInfo } from '@/api/project'
import { DialogFrame } from '@/components/FormDialog'

import { SnippetCard } from './SnippetCard'

/** How to log more, for a project that has data already. */
export function LogDataDialog({ project, onClose }: { project: ProjectInfo; onClose: () => void }) {
  return (
    <DialogFrame size="lg" onClose={onClose}>
      <Dialog.Header>
        <Dialog.Title>Log data into {project.name}</Dialog.Title>
      </Dialog.Header>
      <Dialog.Body>
        <SnippetCard project={project} />
      </Dialog.Body>
    </DialogFrame>
  )
}
