// A whole Chroma of its own: an empty data folder, a free port of the loopback, web and worker.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const checkout = path.resolve(import.meta.dirname, '../..')
const python = process.env.PYTHON ?? path.join(checkout, '.venv/bin/python')
const patience = 120_000

export async function startServer() {
  if (!existsSync(path.join(checkout, 'frontend/dist/manifest.json'))) {
    throw new Error('The front end is not built: run `npm run build` first.')
  }
  const data = mkdtempSync(path.join(os.tmpdir(), 'chroma-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...process.env, CHROMA_DATA_DIR: data, DATABASE_URL: '', REDIS_URL: '' }
  delete env.DATABASE_URL
  delete env.REDIS_URL
  const manage = (...args) => runPython(['manage.py', ...args], env)
  manage('migrate', '--noinput', '--verbosity', '0')

  const output = []
  async function serve() {
    const args = ['manage.py', 'runserver', `127.0.0.1:${port}`, '--noreload']
    const started = spawn(python, args, { cwd: checkout, env })
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (text) => output.push(String(text)))
    await untilItAnswers(`${url}/healthz/web`, started, output)
    return started
  }
  let child = await serve()

  return {
    url,
    output,
    /** Pulls the plug; the next call starts it again with the same data. */
    async kill() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    },
    async startAgain() {
      child = await serve()
    },
    addUsers(usernames, password, fields = {}) {
      const code = `import json; from django.contrib.auth import get_user_model
for name in json.loads(${JSON.stringify(JSON.stringify(usernames))}):
    get_user_model().objects.create_user(name, password=${JSON.stringify(password)}, **json.loads(${JSON.stringify(JSON.stringify(fields))}))`
      manage('shell', '--verbosity', '0', '--command', code)
    },
    createToken: (username, name = 'e2e') => manage('create_token', username, '--name', name).trim(),
    python: (script, token, ...args) =>
      runPython([path.join(import.meta.dirname, script), ...args], {
        ...env,
        CHROMA_URL: url,
        CHROMA_TOKEN: token,
      }),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const giveUp = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await ended
      clearTimeout(giveUp)
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function runPython(args, env) {
  return execFileSync(python, args, {
    cwd: checkout,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function untilItAnswers(url, child, output) {
  const end = Date.now() + patience
  while (Date.now() < end) {
    if (child.exitCode !== null) break
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`The server did not start:\n${output.join('')}`)
}
