import type { ProjectInfo } from '@/api/project'
import { EntityMenu } from '@/components/EntityMenu'

import { DeleteImport } from './documents'

interface ImportMenuProps {
  project: ProjectInfo
  file: { id: string; fileName: string }
  onDeleted?: () => void
}

export function ImportMenu({ project, file, onDeleted }: ImportMenuProps) {
  return (
    <EntityMenu
      project={project}
      noun="import"
      name={file.fileName}
      remove={{
        mutation: DeleteImport,
        input: { id: file.id },
        consequences: 'The file that was sent is forgotten. What was logged from it stays.',
        onDone: onDeleted,
      }}
    />
  )
}
