/** Lists of a project that may be longer than a page: the first came with the map, the others come one by one. */

import type { AnyVariables, Client, TypedDocumentNode } from 'urql'

import type { ProjectionSetResult } from './describeMap'
import type { Category } from './explorerMap'
import { MoreCategoriesQuery, MoreTagsQuery } from './queries'

type Project = ProjectionSetResult['project']

interface Page<Node> {
  edges: readonly { node: Node }[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

/** All categories, by id. */
export async function readCategories(client: Client, { project }: ProjectionSetResult): Promise<Category[]> {
  const nodes = await readAll(project.categories, (after) =>
    ask(client, MoreCategoriesQuery, { projectId: project.id, after }).then(({ categories }) => categories),
  )
  return nodes.map((node) => ({ ...node, id: Number(node.id) })).sort((a, b) => a.id - b.id)
}

export function readTags(
  client: Client,
  { project }: ProjectionSetResult,
): Promise<Project['tags']['edges'][number]['node'][]> {
  return readAll(project.tags, (after) =>
    ask(client, MoreTagsQuery, { projectId: project.id, after }).then(({ tags }) => tags),
  )
}

async function readAll<Node>(
  first: Page<Node>,
  next: (after: string | null) => Promise<Page<Node>>,
): Promise<Node[]> {
  let page = first
  const nodes = page.edges.map(({ node }) => node)
  while (page.pageInfo.hasNextPage) {
    page = await next(page.pageInfo.endCursor ?? null)
    nodes.push(...page.edges.map(({ node }) => node))
  }
  return nodes
}

async function ask<Data, Variables extends AnyVariables>(
  client: Client,
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, error } = await client.query(query, variables, { requestPolicy: 'network-only' }).toPromise()
  if (error) throw error
  return data!
}
