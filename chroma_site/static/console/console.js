// Sends what is typed to POST /graphql, as any page of ours does, and filters the schema shown beside it.
const element = (id) => document.getElementById(id)
const schema = element('schema').textContent.split(/\n\n(?=\S)/)

async function run() {
  element('status').textContent = '…'
  try {
    const variables = JSON.parse(element('variables').value || '{}')
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrfToken() },
      body: JSON.stringify({ query: element('query').value, variables }),
    })
    element('status').textContent = response.status
    element('answer').textContent = JSON.stringify(await response.json(), null, 2)
  } catch (problem) {
    element('status').textContent = ''
    element('answer').textContent = `This could not be sent: ${problem.message}`
  }
}

function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? ''
}

function find() {
  const wanted = element('find').value.toLowerCase()
  element('schema').textContent = schema.filter((part) => part.toLowerCase().includes(wanted)).join('\n\n')
}

element('run').addEventListener('click', run)
element('find').addEventListener('input', find)
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
})
