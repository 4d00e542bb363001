import { useState } from 'preact/hooks'
import {
  type Plug,
  plugs,
  saveVehicle,
  useVehicleModels,
  type Vehicle,
  type VehicleModel,
} from '../../api/vehicles.js'
import { Button } from '../../parts/button.js'
import { useDoing } from '../../parts/doing.js'
import { OneOf, SelectField, SomeOf, TextField } from '../../parts/fields.js'
import { Form } from '../../parts/form.js'
import { Failure } from '../../parts/states.js'
import { locale, textsOf } from '../../texts/say.js'
import { CurveChart } from './curve-chart.js'
import { CurvePoints } from './curve-points.js'
import { modelName } from './model-names.js'
import {
  type DraftMistake,
  draftOf,
  drawablePoints,
  emptyDraft,
  readDraft,
  type VehicleDraft,
} from './vehicle-draft.rules.js'

const say = textsOf('vehicles')
const sayFrame = textsOf('frame')

/** What a plug is called. */
export const plugName = (plug: Plug): string => say(`plug_${plug}`)

const OWN = ''

interface PartProps {
  readonly draft: VehicleDraft
  readonly change: (change: Partial<VehicleDraft>) => void
  readonly wrong: (mistake: DraftMistake) => string | undefined
}

const withModel = (draft: VehicleDraft, model: VehicleModel | undefined): VehicleDraft => {
  if (model === undefined) return { ...draft, model: null }
  const { id, name: _name, ...figures } = model
  return { ...draftOf({ ...figures, name: modelName(model), model: id }, locale()) }
}

const ModelField = ({ draft, change }: Pick<PartProps, 'draft' | 'change'>) => {
  const models = useVehicleModels()
  if (models.value === undefined) return null
  const known = models.value
  return (
    <SelectField
      label={say('model')}
      hint={say('model_hint')}
      value={draft.model ?? OWN}
      choices={[
        { value: OWN, label: say('own') },
        ...known.map((model) => ({ value: model.id, label: modelName(model) })),
      ]}
      onValue={(id) =>
        change(
          withModel(
            draft,
            known.find((model) => model.id === id),
          ),
        )
      }
    />
  )
}

const Figures = ({ draft, change, wrong }: PartProps) => (
  <>
    <TextField
      label={say('battery')}
      inputMode="decimal"
      value={draft.battery}
      onValue={(battery) => change({ battery })}
      wrong={wrong('battery')}
    />
    <div class="two">
      <TextField
        label={say('ac')}
        hint={say('ac_hint')}
        inputMode="decimal"
        value={draft.ac}
        onValue={(ac) => change({ ac })}
        wrong={wrong('ac')}
      />
      <TextField
        label={say('dc')}
        hint={say('dc_hint')}
        inputMode="decimal"
        value={draft.dc}
        onValue={(dc) => change({ dc })}
        wrong={wrong('dc') ?? wrong('both')}
      />
    </div>
    <OneOf
      label={say('phases')}
      choices={(['1', '2', '3'] as const).map((value) => ({ value, label: value }))}
      value={draft.phases}
      onValue={(phases) => change({ phases })}
    />
    <SomeOf
      label={say('plugs')}
      choices={plugs.map((value) => ({ value, label: plugName(value) }))}
      values={draft.plugs}
      onValues={(chosen) => change({ plugs: chosen })}
      wrong={wrong('plugs')}
    />
  </>
)

const Curve = ({ draft, change, wrong }: PartProps) => {
  const [open, setOpen] = useState(false)
  const mistake = wrong('curve')
  if (draft.dc.trim() === '') return null
  return (
    <section class="stack tight">
      <h2>{say('curve')}</h2>
      <p class="soft small">{say(draft.curve.length === 0 ? 'curve_none' : 'curve_hint')}</p>
      <CurveChart curve={drawablePoints(draft.curve)} />
      {mistake !== undefined && (
        <p class="wrong-text small" role="alert">
          {mistake}
        </p>
      )}
      <details
        open={open || mistake !== undefined}
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary>{say('curve_edit')}</summary>
        <CurvePoints curve={draft.curve} onCurve={(curve) => change({ curve })} />
      </details>
    </section>
  )
}

const WORDS = {
  name: 'wrong_name',
  battery: 'wrong_battery',
  ac: 'wrong_power',
  dc: 'wrong_power',
  both: 'wrong_both',
  plugs: 'wrong_plugs',
  curve: 'wrong_curve',
} as const satisfies Readonly<Record<DraftMistake, string>>

interface VehicleFormProps {
  /** The vehicle that is changed; undefined for a new one. */
  readonly vehicle: Vehicle | undefined
  readonly onSaved: (saved: Vehicle) => void
}

/** Describes a vehicle: a model from the catalogue, or own figures. */
export const VehicleForm = ({ vehicle, onSaved }: VehicleFormProps) => {
  const [draft, setDraft] = useState(() => (vehicle === undefined ? emptyDraft : draftOf(vehicle, locale())))
  const [mistakes, setMistakes] = useState<readonly DraftMistake[]>([])
  const { busy, error, setError, follow } = useDoing()
  const change = (part: Partial<VehicleDraft>): void => setDraft({ ...draft, ...part })
  const wrong = (mistake: DraftMistake): string | undefined =>
    mistakes.includes(mistake) ? say(WORDS[mistake]) : undefined
  const submit = (): void => {
    const read = readDraft(draft)
    setMistakes(read.kind === 'wrong' ? read.mistakes : [])
    setError(undefined)
    if (read.kind !== 'wrong') follow(saveVehicle(read.vehicle, vehicle?.id).then(onSaved))
  }
  const part = { draft, change, wrong }
  return (
    <Form onSubmit={submit}>
      <ModelField draft={draft} change={change} />
      <TextField
        label={say('name')}
        hint={say('name_hint')}
        value={draft.name}
        onValue={(name) => change({ name })}
        wrong={wrong('name')}
      />
      <Figures {...part} />
      <Curve {...part} />
      {error !== undefined && <Failure error={error} />}
      <div class="buttons">
        <Button type="submit" busy={busy}>
          {sayFrame('save')}
        </Button>
      </div>
    </Form>
  )
}
