import { type PartyId, sameParty } from '@interwatt/protocol'
import type { ObjectKey, ObjectStore, ProfileRequest } from '@interwatt/store'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { concerns } from '../modules/sessions/concerns.js'

type Hosting = Pick<Directory, 'hosted'>

/** Whether a request is about a session of a CPO elsewhere, which our back end has no say in. */
export const isRelayed = (directory: Hosting, { session }: Pick<ProfileRequest, 'session'>): boolean =>
  !hostedIn(directory.hosted(), 'CPO').some((party) => sameParty(party, session))

/** The party of ours that speaks of a session: its CPO, or the eMSP whose customer it is. */
export const speakerFor = async (
  { objects, directory }: { readonly objects: Pick<ObjectStore, 'get'>; readonly directory: Hosting },
  session: ObjectKey,
): Promise<PartyId> => {
  if (!isRelayed(directory, { session })) return session
  const row = await objects.get(session)
  const emsps = hostedIn(directory.hosted(), 'EMSP')
  return emsps.find((party) => row !== undefined && concerns(row.document, [party])) ?? session
}
