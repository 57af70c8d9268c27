import { Palette } from 'lucide-react'
import { useState } from 'react'

import type { ProjectInfo } from '@/api/project'
import { EntityMenu } from '@/components/EntityMenu'
import { countOf } from '@/components/format'

import { ColourDialog } from './ColourDialog'
import { DeleteCategory, RenameCategory } from './documents'

interface CategoryMenuProps {
  project: ProjectInfo
  category: { id: string; editVersion: number; name: string; colour: number; labelCount: number }
}

export function CategoryMenu({ project, category }: CategoryMenuProps) {
  const [isColouring, setColouring] = useState(false)
  const { id, editVersion, name, labelCount } = category
  return (
    <>
      <EntityMenu
        project={project}
        noun="category"
        name={name}
        actions={[{ text: 'Change colour', icon: Palette, run: () => setColouring(true) }]}
        rename={{
          mutation: RenameCategory,
          input: (next) => ({ id, name: next, expectedVersion: editVersion }),
          hint: 'Its labels, inferences and colour stay. Scripts that log it need the new name.',
        }}
        remove={{
          mutation: DeleteCategory,
          input: { id },
          consequences: `${countOf(labelCount, 'datapoint')} lose this label, and inferences that named it name nothing. The datapoints stay.`,
        }}
      />
      {isColouring && (
        <ColourDialog project={project} category={category} onClose={() => setColouring(false)} />
      )}
    </>
  )
}
