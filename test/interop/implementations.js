import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const work = join(here, '.work')

const run = (program, args, options = {}) =>
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 1_800_000, ...options })

const prepareRust = () => {
  const target = join(work, 'rust')
  // The crate asks for a newer compiler than it needs.
  run('cargo', ['build', '--quiet', '--ignore-rust-version'], {
    cwd: join(here, 'rust'),
    env: { ...process.env, CARGO_TARGET_DIR: target },
  })
  return [join(target, 'debug', 'interop-peer')]
}

const preparePython = () => {
  const folder = join(work, 'python')
  const python = join(folder, 'bin', 'python')
  if (!existsSync(python)) run('python3', ['-m', 'venv', folder])
  run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', join(here, 'python', 'requirements.txt')])
  return [python, join(here, 'python', 'peer.py')]
}

/** The independent implementations, what they speak, and how a peer made of each is prepared and started. */
export const implementations = {
  rust: {
    name: 'ocpi-kit 0.4.0 (Rust)',
    versions: ['2.3.0', '2.2.1'],
    /** The version its read-only conformance run asks for, whatever the connection speaks. */
    conformance: '2.3.0',
    refuses: [],
    prepare: prepareRust,
    samples: {
      token: { uid: 'KIT0001', type: 'APP_USER', contract_id: 'DE8ACC12E46L89' },
      location: 'KIT-L1',
      evse: '3256',
      tariff: 'KIT-T1',
      session: 'KIT-S1',
      cdr: 'KIT-C1',
    },
  },
  python: {
    name: 'extrawest_ocpi 2025.7.16 (Python)',
    versions: ['2.2.1'],
    /** Own objects of the node that it does not take, see deviations. */
    refuses: ['NODE-L1'],
    prepare: preparePython,
    samples: {
      token: { uid: 'PY0001', type: 'RFID', contract_id: 'NL-PYE-C00000001' },
      location: 'PY-L1',
      evse: 'PY-E1',
      tariff: 'PY-T1',
      session: 'PY-S1',
      cdr: 'PY-C1',
    },
  },
}
