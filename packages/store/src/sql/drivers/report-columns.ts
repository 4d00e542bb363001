/** Columns of a problem report `r` and its driver `d` under the names of the port. */
export const reportColumns = `
r.id, r.driver_id as "driverId", r.kind, r.state, r.text, r.place, r.charge_id as "chargeId", r.answer, r.answered_at as "answeredAt",
r.answered_by as "answeredBy", r.created_at as "createdAt", r.updated_at as "updatedAt",
jsonb_build_object(
  'id', d.id, 'name', d.name, 'email', d.email, 'contractId', d.contract_id, 'language', d.language
) as driver`
