import type { ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'

/** CDRs, both interfaces; the URL of a received CDR is the receiver's choice (2.2.1 `mod_cdrs_interfaces_and_endpoints`). */
export const cdrs = <C extends Schema>(v: { CDR: C }) => {
  const cdr = { document: 'cdr', schema: v.CDR } as const
  const receiver = { module: 'cdrs', side: 'RECEIVER', anchor: 'mod_cdrs_emsp_interface' } as const
  return {
    id: 'cdrs',
    kind: 'functional',
    endpoints: [
      {
        operation: 'cdrs.sender.list',
        module: 'cdrs',
        side: 'SENDER',
        anchor: 'mod_cdrs_cpo_interface',
        method: 'GET',
        path: '',
        data: cdr,
        paged: true,
      },
      {
        operation: 'cdrs.receiver.get',
        ...receiver,
        method: 'GET',
        path: '/{country_code}/{party_id}/{cdr_id}',
        data: cdr,
      },
      {
        operation: 'cdrs.receiver.post',
        ...receiver,
        method: 'POST',
        path: '',
        body: { ...cdr, form: 'whole' },
      },
    ],
  } as const satisfies ModuleContract
}
