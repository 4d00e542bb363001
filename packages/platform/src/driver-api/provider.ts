import { sameParty } from '@interwatt/protocol'
import type { Core } from '../node/core.js'
import { ProblemError, problem } from '../operator/problem.js'
import type { Provider } from './deps.js'

/**
 * The eMSP whose drivers this node serves: the one of the settings, else the only one hosted. Throws 503 while there is none, or more
 * than one and the settings name none.
 */
export const providerOf = ({ directory, settings }: Pick<Core, 'directory' | 'settings'>): Provider => {
  const hosted = directory.hosted().filter(({ roles }) => roles.includes('EMSP'))
  const wanted = settings.driverParty
  const found = wanted === null ? hosted : hosted.filter(({ party }) => sameParty(party, wanted))
  const [only] = found
  if (only !== undefined && found.length === 1) return { party: only.party, name: only.businessDetails.name }
  throw new ProblemError(
    problem(
      503,
      'This node hosts no mobility service provider yet, or does not know which one drivers belong to.',
      {
        title: 'No provider',
        type: 'no-provider',
      },
    ),
  )
}
