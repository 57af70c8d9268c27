/** The token that Django's shell put in a cookie; every unsafe request sends it back. */
export function csrfToken(): string {
  const match = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)
  return match ? decodeURIComponent(match[1]) : ''
}
