import { Button } from '@chakra-ui/react'
import { Download } from 'lucide-react'
import { useState } from 'react'

import type { ProjectInfo } from '@/api/project'

import { ExportDialog, type ExportScope } from './ExportDialog'

/** Whoever may read datapoints may take them out. */
export function ExportButton({ project, scope }: { project: ProjectInfo; scope: ExportScope }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Download />
        Export
      </Button>
      {isOpen && <ExportDialog project={project} scope={scope} onClose={() => setOpen(false)} />}
    </>
  )
}
