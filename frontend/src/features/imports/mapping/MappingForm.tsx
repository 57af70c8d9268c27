import { Button, chakra, Flex, Grid, Input, NativeSelect } from '@chakra-ui/react'
import type { FormEvent } from 'react'

import { useAction } from '@/api/action'
import { fieldError, otherErrors } from '@/api/errors'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { FormField } from '@/components/FormField'
import { Notice } from '@/components/Notice'
import type { DatasetKind } from '@/gql/graphql'

import { StartImport } from '../documents'
import type { ImportInFull } from '../ImportPage'
import { choiceError, hasKey, needsLayer, needsModel, SKIP } from './fields'
import { PreviewTable } from './PreviewTable'
import { useDraft } from './useDraft'

const kinds: DatasetKind[] = ['TRAINING', 'TEST', 'VALIDATION', 'PRODUCTION', 'OTHER']
const ownFields = ['datasetName', 'datasetKind', 'model', 'version', 'layer']

/** Into which dataset, and which column is what; then the job starts. */
export function MappingForm({ project, file }: { project: ProjectInfo; file: ImportInFull }) {
  const [draft, setDraft] = useDraft(file)
  const { datasetName, kind, chosen, model, version, layer, skipBadRows } = draft
  const { run, isPending, errors } = useAction(StartImport)

  const asksModel = needsModel(chosen)
  const asksLayer = needsLayer(chosen)
  const isModelSaid = !asksModel || (model.trim() !== '' && version.trim() !== '')
  const isLayerSaid = !asksLayer || layer.trim() !== ''
  const isMappingRight = Object.keys(chosen).every((column) => !choiceError(column, chosen))
  const isReady = datasetName.trim() !== '' && hasKey(chosen) && isMappingRight && isModelSaid && isLayerSaid

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!isReady || isPending) return
    const mapping = Object.entries(chosen)
      .filter(([, field]) => field !== SKIP)
      .map(([column, field]) => ({ column, field }))
    const input = {
      id: file.id,
      datasetName: datasetName.trim(),
      datasetKind: kind || null,
      mapping,
      model: asksModel ? model.trim() : null,
      version: asksModel ? version.trim() : null,
      layer: asksLayer ? layer.trim() : null,
      skipBadRows,
    }
    if (await run({ input })) announce(project.id)
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Flex direction="column" gap="16px">
        <PreviewTable file={file} chosen={chosen} onChange={(next) => setDraft({ chosen: next })} />
        <CardSection title="Where it goes">
          <Grid
            templateColumns={{ base: '1fr', md: 'repeat(5, minmax(0, 1fr))' }}
            gap="12px"
            alignItems="start"
          >
            <FormField
              label="Dataset"
              hint="A new name makes a new dataset."
              error={fieldError(errors, 'datasetName')}
            >
              <Input
                value={datasetName}
                onChange={(event) => setDraft({ datasetName: event.target.value })}
              />
            </FormField>
            <FormField label="Kind" hint="Of a new dataset." error={fieldError(errors, 'datasetKind')}>
              <NativeSelect.Root>
                <NativeSelect.Field
                  value={kind}
                  onChange={(event) => setDraft({ kind: event.target.value as DatasetKind | '' })}
                >
                  <option value="">as it is, or other</option>
                  {kinds.map((each) => (
                    <option key={each} value={each}>
                      {each.toLowerCase()}
                    </option>
                  ))}
                </NativeSelect.Field>
                <NativeSelect.Indicator />
              </NativeSelect.Root>
            </FormField>
            {asksModel && (
              <>
                <FormField
                  label="Model"
                  hint="Whose inferences and embeddings these are."
                  error={fieldError(errors, 'model')}
                >
                  <Input value={model} onChange={(event) => setDraft({ model: event.target.value })} />
                </FormField>
                <FormField label="Version" error={fieldError(errors, 'version')}>
                  <Input value={version} onChange={(event) => setDraft({ version: event.target.value })} />
                </FormField>
              </>
            )}
            {asksLayer && (
              <FormField label="Layer" hint="That gave the embeddings." error={fieldError(errors, 'layer')}>
                <Input value={layer} onChange={(event) => setDraft({ layer: event.target.value })} />
              </FormField>
            )}
          </Grid>
          <chakra.label display="flex" gap="8px" alignItems="center" mt="12px">
            <input
              type="checkbox"
              checked={skipBadRows}
              onChange={(event) => setDraft({ skipBadRows: event.target.checked })}
            />
            Skip bad rows, rather than log nothing when one is wrong
          </chakra.label>
        </CardSection>
        {!hasKey(chosen) && (
          <Notice tone="warning">Say which column is the key: it names each datapoint.</Notice>
        )}
        {otherErrors(errors, ownFields).map((error) => (
          <Notice key={error.message} tone="error">
            {error.message}
          </Notice>
        ))}
        <Flex>
          <Button type="submit" variant="solid" size="md" disabled={!isReady} loading={isPending}>
            Check and import all rows
          </Button>
        </Flex>
      </Flex>
    </form>
  )
}
