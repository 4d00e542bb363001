import type { Statement } from '../../database/index.js'
import type { PageQuery } from '../../ports/objects.js'
import { Params, pageConditions } from './page-filter.js'

/** How many objects match in all. Without a name: planned for its values. */
export const countPage = (query: PageQuery): { statement: Statement; params: readonly unknown[] } => {
  const params = new Params()
  const text = `select count(*) as total from objects l\n  where ${pageConditions(query, params, 'few')}`
  return { statement: { text }, params: params.values }
}
