import type { VehicleModel } from '../../api/vehicles.js'
import { type KeyOf, textsOf } from '../../texts/say.js'

const say = textsOf('vehicles')

/** Classes of vehicles in the catalogue, whose names are a matter of language. */
const CLASSES = {
  'city-car': 'class_city_car',
  compact: 'class_compact',
  'mid-size': 'class_mid_size',
  saloon: 'class_saloon',
  van: 'class_van',
  'plug-in-hybrid': 'class_plug_in_hybrid',
} as const satisfies Readonly<Record<string, KeyOf<'vehicles'>>>

const isClass = (id: string): id is keyof typeof CLASSES => Object.hasOwn(CLASSES, id)

/** What a model of the catalogue is called. */
export const modelName = ({ id, name }: Pick<VehicleModel, 'id' | 'name'>): string =>
  name ?? (isClass(id) ? say(CLASSES[id]) : id)
