import { act, screen, waitFor } from '@testing-library/react'
import { CombinedError } from '@urql/core'
import { expect, test } from 'vitest'

import { announce } from '@/api/news'
import { aJob, aProject } from '@/testing/facts'
import { connection, refusal } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { JobsCard } from './JobsCard'

const project = aProject()

test('a counted job shows its phase, count and percentage', async () => {
  await renderScreen(<JobsCard project={project} />, { ActiveJobs: () => ({ jobs: connection([aJob()]) }) })
  const row = await screen.findByTestId('job-row')
  expect(row).toHaveTextContent('Optimising layout, 40 of 200')
  expect(row).toHaveTextContent('20%')
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '20')
})

test('a job that cannot count shows its phase and no invented figure', async () => {
  const job = aJob({ phase: 'Loading vectors', total: null, fraction: null, done: 0 })
  await renderScreen(<JobsCard project={project} />, { ActiveJobs: () => ({ jobs: connection([job]) }) })
  const row = await screen.findByTestId('job-row')
  expect(row).toHaveTextContent('Loading vectors')
  expect(row).not.toHaveTextContent('%')
})

test('a job can be cancelled, and leaves when the news says so', async () => {
  let jobs = [aJob()]
  const { user, sent } = await renderScreen(<JobsCard project={project} />, {
    ActiveJobs: () => ({ jobs: connection(jobs) }),
    CancelJob: () => {
      jobs = []
      return { cancelJob: { job: aJob({ state: 'CANCELLED', canCancel: false }), errors: [] } }
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect(await screen.findByText(/Nothing runs now/)).toBeVisible()
  expect(sent).toContainEqual({ name: 'CancelJob', variables: { input: { id: 'j1' } } })
})

test('news about something else asks nothing', async () => {
  const { sent } = await renderScreen(<JobsCard project={project} />, {
    ActiveJobs: () => ({ jobs: connection([]) }),
  })
  await screen.findByText(/Nothing runs now/)
  const asked = sent.length
  const changes = [{ seq: 2, kind: 'renamed', targetType: 'tag', targetId: 't', version: 0 }]
  act(() => announce(project.id, { changes, resync: false }))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(sent).toHaveLength(asked)
})

test('an outage leaves what was read on the screen, a lost right does not', async () => {
  let answer: object = { jobs: connection([aJob()]) }
  const screenOf = <JobsCard project={project} />
  const { sent } = await renderScreen(screenOf, { ActiveJobs: () => answer })
  await screen.findByTestId('job-row')

  answer = new CombinedError({ networkError: new Error('refused') })
  await readAgain(sent)
  expect(screen.getByTestId('job-row')).toBeVisible()

  answer = refusal('NOT_FOUND', 'Not found.')
  await readAgain(sent)
  expect(await screen.findByText('The list of jobs is not here')).toBeVisible()
  expect(screen.queryByTestId('job-row')).toBeNull()
})

async function readAgain(sent: unknown[]) {
  const asked = sent.length
  act(() => announce(project.id))
  await waitFor(() => expect(sent.length).toBeGreaterThan(asked))
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)))
}

test('a viewer sees progress and no verbs', async () => {
  const viewer = aProject({ myRole: 'VIEWER' })
  await renderScreen(<JobsCard project={viewer} />, { ActiveJobs: () => ({ jobs: connection([aJob()]) }) })
  await screen.findByTestId('job-row')
  expect(screen.queryByRole('button')).toBeNull()
})

test('a reading that fails says so and can be tried again', async () => {
  let isDown = true
  const { user } = await renderScreen(<JobsCard project={project} />, {
    ActiveJobs: () => (isDown ? refusal('INTERNAL', 'Something broke.') : { jobs: connection([aJob()]) }),
  })
  expect(await screen.findByText('Something broke.')).toBeVisible()
  isDown = false
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByTestId('job-row')).toBeVisible()
})
