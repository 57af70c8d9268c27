/** What people do to chosen datapoints, each with the way back. Refusals are thrown as errors with the server's sentence. */

import type { AnyVariables, Client, TypedDocumentNode } from 'urql'

import { errorText, failureText, type UserError } from '@/api/errors'

import type { Session } from '../state/session'
import { SetLabel, TagSelection, UndoLabelChange, UntagSelection } from './editQueries'
import { postSelection } from './postSelection'

export interface Edit {
  changedCount: number
  /** So many that a job does it in the background; its news tells when. */
  isBackground: boolean
  undo: (() => Promise<void>) | null
}

export async function tagPoints(client: Client, session: Session, chosen: Uint32Array, name: string) {
  return tagSelection(client, await postSelection(session.map, session.points, chosen), name)
}

export async function untagPoints(client: Client, session: Session, chosen: Uint32Array, name: string) {
  return untagSelection(client, await postSelection(session.map, session.points, chosen), name)
}

export async function labelPoints(
  client: Client,
  session: Session,
  chosen: Uint32Array,
  categoryName: string | null,
) {
  return labelSelection(client, await postSelection(session.map, session.points, chosen), categoryName)
}

export async function tagSelection(client: Client, selectionId: string, name: string): Promise<Edit> {
  const { tagSelection } = await run(client, TagSelection, { input: { selectionId, name } })
  const { changedCount, undoSelectionId } = tagSelection
  const undo = async () => {
    await run(client, UntagSelection, { input: { selectionId: undoSelectionId!, name } })
  }
  return { changedCount, isBackground: false, undo: undoSelectionId ? undo : null }
}

export async function untagSelection(client: Client, selectionId: string, name: string): Promise<Edit> {
  const { untagSelection } = await run(client, UntagSelection, { input: { selectionId, name } })
  const { changedCount, undoSelectionId } = untagSelection
  const undo = async () => {
    await run(client, TagSelection, { input: { selectionId: undoSelectionId!, name } })
  }
  return { changedCount, isBackground: false, undo: undoSelectionId ? undo : null }
}

/** `categoryName` null takes the label away. */
export async function labelSelection(
  client: Client,
  selectionId: string,
  categoryName: string | null,
): Promise<Edit> {
  const { setLabel } = await run(client, SetLabel, { input: { selectionId, categoryName, why: '' } })
  const { changedCount, actionId, job } = setLabel
  const undo = async () => {
    await run(client, UndoLabelChange, { input: { actionId: actionId! } })
  }
  return { changedCount, isBackground: Boolean(job), undo: actionId && !job ? undo : null }
}

async function run<Data extends object, Variables extends AnyVariables>(
  client: Client,
  mutation: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, error } = await client.mutation(mutation, variables).toPromise()
  if (error) throw new Error(failureText(error))
  const refused = Object.values(data!).flatMap((payload: { errors?: UserError[] }) => payload?.errors ?? [])
  if (refused.length > 0) throw new Error(errorText(refused))
  return data!
}
