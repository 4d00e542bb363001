import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { textAt } from '../../api/fields.js'
import type { Collection } from '../../api/objects.js'
import type { Doc } from '../../api/reading.js'

/** The address of an object's page. Tokens are named by uid and type. */
export const pageOf = (collection: Collection, document: Doc): string => {
  const id = collection === 'tokens' ? textAt(document, 'uid') : textAt(document, 'id')
  const segments = [textAt(document, 'country_code'), textAt(document, 'party_id'), id]
  const type = collection === 'tokens' ? `?type=${encodeURIComponent(textAt(document, 'type'))}` : ''
  return `/${collection}/${segments.map(encodeURIComponent).join('/')}${type}`
}

/** Leads to an object's page; says its id unless told otherwise. */
export const ObjectLink = ({
  collection,
  document,
  children,
}: {
  readonly collection: Collection
  readonly document: Doc
  readonly children?: ReactNode
}) => (
  <Link href={pageOf(collection, document)}>
    {children ?? textAt(document, collection === 'tokens' ? 'uid' : 'id')}
  </Link>
)

/** The owner of an object, such as `DE*ABC`. */
export const ownerOf = (document: Doc): string =>
  `${textAt(document, 'country_code')}*${textAt(document, 'party_id')}`
