import type { Role } from '@/gql/graphql'

export const roles: { value: Role; text: string; can: string }[] = [
  { value: 'VIEWER', text: 'viewer', can: 'sees everything, changes nothing' },
  { value: 'EDITOR', text: 'editor', can: 'logs data, tags, labels, makes maps' },
  { value: 'OWNER', text: 'owner', can: 'also members, renaming and deleting the project' },
]
