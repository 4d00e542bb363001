import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../packages/store/src/embedded/index.js'

const variable = 'INTERWATT_TEST_DATABASE'

// Positional arguments of vitest are parts of file names.
const namedFiles = (): string[] =>
  process.argv.slice(2).filter((argument) => !argument.startsWith('-') && argument.includes('/'))

const needsDatabase = async (project: TestProject): Promise<boolean> => {
  const { testFiles } = await project.globTestFiles(namedFiles())
  return (
    testFiles.length === 0 ||
    testFiles.some((file) => /\.db\.test\.ts$|\/test\/(e2e|conformance|web)\//.test(file))
  )
}

/** One server for the whole run, in a temporary folder; a given INTERWATT_TEST_DATABASE is used instead. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env[variable] !== undefined || !(await needsDatabase(project))) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'interwatt-test-'))
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false })
  process.env[variable] = server.url('postgres')
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
