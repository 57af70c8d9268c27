import { Button, chakra, Flex, Text } from '@chakra-ui/react'
import { useNavigate } from '@tanstack/react-router'
import { File as FileIcon } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useClient } from 'urql'

import { HttpError } from '@/api/http'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { Notice } from '@/components/Notice'

import { beginUpload } from './uploads'

const accepted = '.parquet,.csv,.tsv,.jsonl,.ndjson,.json,.zip'

/** Takes a file that is dropped or chosen, begins to send it and opens its page. */
export function DropZone({ project, minH = '120px' }: { project: ProjectInfo; minH?: string }) {
  const client = useClient()
  const navigate = useNavigate()
  const chooser = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function take(files: FileList | null) {
    const [file, ...others] = files ?? []
    if (!file) return
    if (others.length > 0) return setError('Drop one file at a time; several images travel in a .zip.')
    if (file.size === 0) return setError(`${file.name} is empty.`)
    setError(null)
    setPending(true)
    try {
      const importId = await beginUpload(client, project.id, file)
      announce(project.id)
      await navigate({
        to: '/projects/$namespace/$project/imports/$importId',
        params: { namespace: project.namespace, project: project.name, importId },
      })
    } catch (problem) {
      setError(problem instanceof HttpError ? problem.message : `${file.name} could not be read.`)
      setPending(false)
    }
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files)
  }
  return (
    <Flex
      direction="column"
      align="center"
      justify="center"
      gap="4px"
      minH={minH}
      p="16px"
      textAlign="center"
      bg={isOver ? 'accentBg' : 'panel'}
      borderWidth="1px"
      borderStyle="dashed"
      borderColor={isOver ? 'accent' : 'borderStrong'}
      borderRadius="card"
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileIcon size={24} strokeWidth={1.5} aria-hidden="true" />
      <Text textStyle="lead" fontWeight={500} mt="4px">
        Drop a file
      </Text>
      <Text textStyle="dense" color="text2">
        Parquet, CSV, JSON Lines or COCO, or a .zip of one with its images
      </Text>
      <Button mt="8px" loading={isPending} onClick={() => chooser.current?.click()}>
        Choose file
      </Button>
      <chakra.input
        ref={chooser}
        type="file"
        accept={accepted}
        display="none"
        aria-label="File to import"
        onChange={(event) => {
          void take(event.target.files)
          event.target.value = ''
        }}
      />
      {error && <Notice tone="error">{error}</Notice>}
    </Flex>
  )
}
