import type { Plug, VehicleDescription } from '../../api/vehicles.js'
import { decimalInput, readDecimal } from '../../texts/read-decimal.js'

/** A point of a charging curve as it is typed. */
export interface DraftPoint {
  readonly percent: string
  readonly kw: string
}

/** A vehicle as it is typed. */
export interface VehicleDraft {
  readonly name: string
  readonly model: string | null
  readonly battery: string
  readonly ac: string
  readonly dc: string
  readonly phases: '1' | '2' | '3'
  readonly plugs: readonly Plug[]
  readonly curve: readonly DraftPoint[]
}

/** Fields of a draft that may be wrong. */
export type DraftMistake = 'name' | 'battery' | 'ac' | 'dc' | 'both' | 'plugs' | 'curve'

/** An empty draft. */
export const emptyDraft: VehicleDraft = {
  name: '',
  model: null,
  battery: '',
  ac: '11',
  dc: '',
  phases: '3',
  plugs: ['type2'],
  curve: [],
}

const phasesOf = (phases: number): VehicleDraft['phases'] => (phases === 1 ? '1' : phases === 2 ? '2' : '3')

/** A draft with the figures of a vehicle or a model, with numbers as they are written in a locale. */
export const draftOf = ({ name, model, ...figures }: VehicleDescription, locale: string): VehicleDraft => ({
  name,
  model,
  battery: decimalInput(figures.battery_kwh, locale),
  ac: decimalInput(figures.max_ac_kw ?? '', locale),
  dc: decimalInput(figures.max_dc_kw ?? '', locale),
  phases: phasesOf(figures.ac_phases),
  plugs: figures.plugs,
  curve: figures.curve.map(({ percent, kw }) => ({
    percent: String(percent),
    kw: decimalInput(kw, locale),
  })),
})

const within = (value: string | undefined, low: number, high: number): value is string =>
  value !== undefined && Number(value) >= low && Number(value) <= high

const powerOf = (typed: string): string | null | undefined => {
  if (typed.trim() === '') return null
  const value = readDecimal(typed)
  return within(value, 0.5, 5_000) ? value : undefined
}

const pointsOf = (curve: readonly DraftPoint[]): VehicleDescription['curve'] | undefined => {
  const points = curve.map(({ percent, kw }) => ({
    percent: Number(percent.trim() || 'none'),
    kw: readDecimal(kw),
  }))
  const good = points.flatMap(({ percent, kw }, index) => {
    const rises = percent > (points[index - 1]?.percent ?? -1)
    return Number.isInteger(percent) && percent <= 100 && rises && within(kw, 0.1, 5_000)
      ? [{ percent, kw }]
      : []
  })
  return good.length === points.length ? good : undefined
}

/** The points of a curve that can be drawn already, in their order. */
export const drawablePoints = (curve: readonly DraftPoint[]): VehicleDescription['curve'] =>
  pointsOf(curve) ?? []

/** The vehicle that a draft describes, or what is wrong with it. */
export const readDraft = (
  draft: VehicleDraft,
):
  | { readonly kind: 'good'; readonly vehicle: VehicleDescription }
  | { readonly kind: 'wrong'; readonly mistakes: readonly DraftMistake[] } => {
  const name = draft.name.trim()
  const battery = readDecimal(draft.battery)
  const [ac, dc, curve] = [powerOf(draft.ac), powerOf(draft.dc), pointsOf(draft.curve)]
  const mistakes: DraftMistake[] = [
    ...(name === '' || name.length > 60 ? (['name'] as const) : []),
    ...(within(battery, 1, 1_000) ? [] : (['battery'] as const)),
    ...(ac === undefined ? (['ac'] as const) : []),
    ...(dc === undefined ? (['dc'] as const) : []),
    ...(ac === null && dc === null ? (['both'] as const) : []),
    ...(draft.plugs.length === 0 ? (['plugs'] as const) : []),
    ...(curve === undefined ? (['curve'] as const) : []),
  ]
  if (
    mistakes.length > 0 ||
    !within(battery, 1, 1_000) ||
    ac === undefined ||
    dc === undefined ||
    curve === undefined
  )
    return { kind: 'wrong', mistakes }
  return {
    kind: 'good',
    vehicle: {
      name,
      model: draft.model,
      battery_kwh: battery,
      max_ac_kw: ac,
      ac_phases: Number(draft.phases),
      max_dc_kw: dc,
      plugs: draft.plugs,
      curve: dc === null ? [] : curve,
    },
  }
}
