import { Button, Flex, Text } from '@chakra-ui/react'
import { useState } from 'react'
import { useClient } from 'urql'

import { HttpError } from '@/api/http'
import type { ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { formatBytes, formatPercent } from '@/components/format'
import { Notice } from '@/components/Notice'
import { ProgressBar } from '@/components/ProgressBar'

import { DropZone } from '../DropZone'
import { resumeUpload, useUploads } from '../uploads'

interface SendingProps {
  project: ProjectInfo
  file: { id: string; fileName: string; byteSize: number }
}

/** The bytes on their way; what broke off goes on where it stopped. */
export function Sending({ project, file }: SendingProps) {
  const client = useClient()
  const upload = useUploads((state) => state.uploads[file.id])
  const [refusal, setRefusal] = useState<string | null>(null)
  if (!upload) {
    return (
      <>
        <Notice tone="warning">
          This browser is not sending {file.fileName} any more. Drop the same file again: what has arrived is
          not sent twice.
        </Notice>
        <DropZone project={project} />
      </>
    )
  }
  const fraction = upload.sent / file.byteSize
  function goOn() {
    setRefusal(null)
    resumeUpload(client, project.id, file.id).catch((problem: unknown) =>
      setRefusal(problem instanceof HttpError ? problem.message : 'It could not go on. Drop the file again.'),
    )
  }
  return (
    <CardSection title="Sending">
      <Flex justify="space-between" mb="4px" textStyle="dense">
        <Text color="text2">
          {formatBytes(upload.sent)} of {formatBytes(file.byteSize)}
        </Text>
        <Text fontWeight={500}>{formatPercent(Math.min(fraction, 0.99))}</Text>
      </Flex>
      <ProgressBar fraction={fraction} label={`Progress of sending ${file.fileName}`} />
      <Text mt="8px" textStyle="dense" color="text2">
        You can look at other pages of Chroma meanwhile; keep this tab open.
      </Text>
      {(refusal ?? upload.error) && (
        <Flex direction="column" gap="8px" mt="8px" align="flex-start">
          <Notice tone="error">{refusal ?? upload.error}</Notice>
          <Button onClick={goOn}>Go on</Button>
        </Flex>
      )}
    </CardSection>
  )
}
