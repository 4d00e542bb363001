import { randomUUID } from 'node:crypto'
import { cleanMessageId, headerNames, headerText } from '@interwatt/protocol'
import type { Arrived } from '../context.js'

/** Message ids as they are logged and echoed, made up where the partner sent none (TRN-122, TRN-125, TRN-128). */
export const correlate = ({ headers }: Pick<Arrived, 'headers'>) => ({
  requestId: cleanMessageId(headerText(headers, headerNames.requestId)) ?? randomUUID(),
  correlationId: cleanMessageId(headerText(headers, headerNames.correlationId)) ?? randomUUID(),
})
