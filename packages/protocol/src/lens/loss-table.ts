import type { DocumentName } from '../contract/endpoint.js'
import type { VersionId } from '../versions/version.js'
import { crossings } from './crossing.js'

/** One declared loss. `*` in the pointer stands for any list position; `''` means the whole object can be withheld. */
export interface LossRow {
  readonly document: DocumentName
  readonly from: VersionId
  readonly to: VersionId
  readonly pointer: string
  readonly reason: string
}

const documentNames = (lenses: Readonly<Record<DocumentName, unknown>>): readonly DocumentName[] =>
  Object.keys(lenses).filter((name): name is DocumentName => Object.hasOwn(lenses, name))

/** Every loss that a crossing between neighbouring versions can cause, read from the lenses themselves. */
export const lossTable = (): readonly LossRow[] =>
  crossings.flatMap(({ older, newer, lenses }) =>
    documentNames(lenses).flatMap((document) =>
      lenses[document].declares.map(({ direction, pointer, reason }) => ({
        document,
        from: direction === 'up' ? older : newer,
        to: direction === 'up' ? newer : older,
        pointer,
        reason,
      })),
    ),
  )
