/**
 * Key, text and thumbnail of the datapoints someone looks at right now. Asked for one by one, read from the server
 * in batches, kept for the life of the explorer.
 */

import type { Client } from 'urql'

import type { DatapointBriefsQuery as BriefsResult } from '@/gql/graphql'

import type { ExplorerMap } from './explorerMap'
import type { Points } from './points'
import { DatapointBriefsQuery } from './queries'

export type Brief = BriefsResult['datapoints']['edges'][number]['node']

const BATCH = 200
const WAIT_MS = 15

export class Briefs {
  private readonly known = new Map<string, Brief>()
  private readonly asked = new Set<string>()
  private queue: { datasetId: string; row: number }[] = []
  private timer = 0
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly client: Client,
    private readonly map: ExplorerMap,
    private readonly points: Points,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  get(point: number): Brief | undefined {
    return this.known.get(this.keyOf(point))
  }

  request(point: number): void {
    const key = this.keyOf(point)
    if (this.asked.has(key)) return
    this.asked.add(key)
    this.queue.push({ datasetId: this.datasetOf(point), row: this.points.row[point] })
    this.timer ||= window.setTimeout(() => this.send(), WAIT_MS)
  }

  private send(): void {
    this.timer = 0
    const byDataset = new Map<string, number[]>()
    for (const { datasetId, row } of this.queue)
      byDataset.set(datasetId, [...(byDataset.get(datasetId) ?? []), row])
    this.queue = []
    for (const [datasetId, rows] of byDataset) {
      for (let i = 0; i < rows.length; i += BATCH) void this.read(datasetId, rows.slice(i, i + BATCH))
    }
  }

  private async read(datasetId: string, rows: number[]): Promise<void> {
    const result = await this.client
      .query(DatapointBriefsQuery, { datasetId, rows, first: rows.length }, { requestPolicy: 'network-only' })
      .toPromise()
    // What could not be read is asked for again when it is next looked at.
    if (result.error) rows.forEach((row) => this.asked.delete(`${datasetId}:${row}`))
    for (const { node } of result.data?.datapoints.edges ?? [])
      this.known.set(`${datasetId}:${node.row}`, node)
    for (const listener of this.listeners) listener()
  }

  private datasetOf(point: number): string {
    return this.map.datasets[this.points.dataset[point] - 1].id
  }

  private keyOf(point: number): string {
    return `${this.datasetOf(point)}:${this.points.row[point]}`
  }
}
