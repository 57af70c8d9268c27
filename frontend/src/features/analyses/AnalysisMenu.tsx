import type { ProjectInfo } from '@/api/project'
import { EntityMenu } from '@/components/EntityMenu'

import { DeleteAnalysis, RenameAnalysis } from './writes'

interface AnalysisMenuProps {
  project: ProjectInfo
  analysis: { id: string; editVersion: number; name: string }
  onDeleted?: () => void
}

export function AnalysisMenu({ project, analysis: { id, editVersion, name }, onDeleted }: AnalysisMenuProps) {
  return (
    <EntityMenu
      project={project}
      noun="analysis"
      name={name}
      rename={{
        mutation: RenameAnalysis,
        input: (next) => ({ id, name: next, expectedVersion: editVersion }),
      }}
      remove={{
        mutation: DeleteAnalysis,
        input: { id },
        consequences:
          'Its scores are deleted: maps lose them as a colour, and rules that name them keep everything or nothing. Datapoints and labels stay.',
        onDone: onDeleted,
      }}
    />
  )
}
