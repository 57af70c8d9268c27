import { Box, Flex, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { LayoutGrid } from 'lucide-react'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { Chip } from '@/components/Chip'
import { formatCount, formatDay } from '@/components/format'
import { useNow } from '@/components/useNow'

import { DatasetMenu } from './DatasetMenu'
import { FirstDatapoints } from './FirstDatapoints'
import type { DatasetItem } from './useDatasets'

export function DatasetCard({ project, dataset }: { project: ProjectInfo; dataset: DatasetItem }) {
  const now = useNow()
  // In detection the objects have the labels, and that a context has none says nothing.
  const unlabelled = dataset.objectCount > 0 ? 0 : dataset.datapointCount - dataset.labelledCount
  const newest = dataset.inferenceSets.edges[0]?.node
  const model = newest && `${newest.trainedModel.modelArchitecture.name} ${newest.trainedModel.version}`
  return (
    <Card p="12px" position="relative" data-testid="dataset-card" _hover={{ borderColor: 'borderStrong' }}>
      <Flex align="center" gap="8px" mb="10px" minH="24px">
        <LayoutGrid size={16} strokeWidth={1.5} aria-hidden="true" />
        <Text textStyle="body" fontWeight={600} truncate>
          <Link
            to="/projects/$namespace/$project/datasets/$datasetId"
            params={{ namespace: project.namespace, project: project.name, datasetId: dataset.id }}
            className="covering"
          >
            {dataset.name}
          </Link>
        </Text>
        <Chip>{dataset.kind.toLowerCase()}</Chip>
        <Text textStyle="dense" color="text3" ms="auto" whiteSpace="nowrap">
          {formatDay(dataset.updatedAt, now)}
        </Text>
        <Box position="relative" zIndex={1}>
          <DatasetMenu project={project} dataset={dataset} />
        </Box>
      </Flex>
      <FirstDatapoints dataset={dataset} />
      <Figure name="Datapoints" value={formatCount(dataset.datapointCount)} />
      {dataset.objectCount > 0 && <Figure name="Objects" value={formatCount(dataset.objectCount)} />}
      {dataset.labelledCount > 0 && <Figure name="Labelled" value={formatCount(dataset.labelledCount)} />}
      {unlabelled > 0 && <Figure name="No label" value={formatCount(unlabelled)} />}
      {newest && (
        <Figure
          name={`Disagree with ${model}`}
          value={
            dataset.labelledCount + dataset.objectCount === 0
              ? 'no labels yet'
              : formatCount(newest.disagreementCount)
          }
        />
      )}
    </Card>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <Flex justify="space-between" gap="12px" textStyle="dense" lineHeight="18px">
      <Text color="text2" truncate>
        {name}
      </Text>
      <Text fontWeight={500} whiteSpace="nowrap">
        {value}
      </Text>
    </Flex>
  )
}
