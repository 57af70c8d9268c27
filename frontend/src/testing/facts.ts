import type { ProjectInfo } from '@/api/project'
import type { Job } from '@/components/jobText'

/** Things of Alice's project, for screens under test. */
export function aProject(changes: Partial<ProjectInfo> = {}): ProjectInfo {
  return {
    id: 'p1',
    editVersion: 1,
    namespace: 'alice',
    name: 'Digits',
    fullName: 'alice/Digits',
    description: '',
    createdAt: '2026-11-01T10:00:00Z',
    myRole: 'OWNER',
    lastSeq: 1,
    datapointCount: 300,
    ...changes,
  }
}

export function aJob(changes: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    kind: 'run_projection',
    title: 'Map UMAP fc2',
    lane: 'HEAVY',
    state: 'RUNNING',
    phase: 'Optimising layout',
    done: 40,
    total: 200,
    fraction: 0.2,
    attempt: 1,
    maxAttempts: 3,
    error: '',
    targetType: 'projection_set',
    targetId: 'm1',
    requestedBy: { id: 'u1', username: 'alice' },
    createdAt: '2026-11-01T10:00:00Z',
    startedAt: '2026-11-01T10:00:01Z',
    finishedAt: null,
    queuePosition: null,
    frameNumber: 0,
    stopRequestedAt: null,
    canCancel: true,
    canStop: false,
    canRetry: false,
    ...changes,
  }
}
