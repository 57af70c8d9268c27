// Questions to the server that no page asks: ids of what a story has made.

/** The data of a GraphQL query by API token. */
export async function askServer(server, token, query, variables = {}) {
  const request = () =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    })
  // The server may have closed the connection that was kept open.
  const answer = await request().catch(request)
  const { data, errors } = await answer.json()
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}
