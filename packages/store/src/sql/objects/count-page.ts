import type { Statement } from '../../database/index.js'
import type { PageQuery } from '../../ports/objects.js'
import { type DateStrategy, Params, pageConditions } from './page-filter.js'

/** How many objects match in all. Without a name: planned for its values. */
export const countPage = (
  query: PageQuery,
  strategy: DateStrategy,
): { statement: Statement; params: readonly unknown[] } => {
  const params = new Params()
  const text = `select count(*) as total from objects l\n  where ${pageConditions(query, params, strategy)}`
  return { statement: { text }, params: params.values }
}
