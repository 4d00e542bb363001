import { OcpiRefusal, parsePaging, parseQuery } from '@interwatt/protocol'
import type { Directed, Plan } from '../context.js'
import { findingsText } from '../findings-text.js'

/** Reads the query, and the page of a list; bad values are 2001 (TRN-076). */
export const ask = ({ target, queryText, noted }: Directed, { options }: Plan) => {
  const query = parseQuery(queryText)
  if (target.endpoint?.paged !== true) return { query, page: undefined }
  const read = parsePaging(query, { usual: options.pageSize, cap: options.pageCap })
  if (!read.ok) {
    noted.findings.push(...read.findings)
    throw new OcpiRefusal('invalid', findingsText(read.findings))
  }
  return { query, page: read.paging }
}
