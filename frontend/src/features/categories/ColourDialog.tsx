import { chakra, Flex } from '@chakra-ui/react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { FormDialog } from '@/components/FormDialog'
import { categoryColours } from '@/theme/palette'
import { useTheme } from '@/theme/useTheme'

import { UpdateCategory } from './documents'

const names = ['rose', 'peach', 'amber', 'olive', 'lime', 'cyan', 'teal', 'indigo', 'violet', 'plum']

interface ColourDialogProps {
  project: ProjectInfo
  category: { id: string; editVersion: number; name: string; colour: number }
  onClose: () => void
}

/** Ten colours that stay apart under every kind of colour vision; each by its name, too. */
export function ColourDialog({ project, category, onClose }: ColourDialogProps) {
  const theme = useTheme((state) => state.theme)
  const [before] = useState(category.colour % names.length)
  const [colour, setColour] = useState(before)
  const [seen] = useState(category.editVersion)
  const update = useAction(UpdateCategory)

  async function submit() {
    if (!(await update.run({ input: { id: category.id, colour, expectedVersion: seen } }))) return
    announce(project.id)
    onClose()
  }
  return (
    <FormDialog
      title={`Colour of ${category.name}`}
      verb="Save"
      size="sm"
      isReady={colour !== before}
      isPending={update.isPending}
      errors={update.errors}
      onSubmit={submit}
      onClose={onClose}
    >
      <Flex as="fieldset" gap="4px" wrap="wrap" role="radiogroup" aria-label="Colour">
        {names.map((name, index) => (
          <chakra.label
            key={name}
            display="flex"
            alignItems="center"
            gap="8px"
            w="calc(50% - 2px)"
            p="6px 8px"
            borderWidth="1px"
            borderRadius="control"
            borderColor={colour === index ? 'accent' : 'border'}
            bg={colour === index ? 'accentBg' : undefined}
            cursor="pointer"
          >
            <input type="radio" name="colour" checked={colour === index} onChange={() => setColour(index)} />
            <chakra.span
              boxSize="16px"
              borderRadius="swatch"
              style={{ background: categoryColours[theme][index] }}
              aria-hidden="true"
            />
            {name}
          </chakra.label>
        ))}
      </Flex>
    </FormDialog>
  )
}
