const admin = '/admin'

/** Where to go after signing in: a path of this server alone, never another site. */
export function nextPage(next: unknown): string {
  const isOwnPath = typeof next === 'string' && /^\/(?![/\\])/.test(next)
  return isOwnPath ? next : '/'
}

/** Asking again for a page that sends everybody else back here would go round in circles. */
export function isOnlyForStaff(path: string): boolean {
  return path === admin || path.startsWith(`${admin}/`)
}
