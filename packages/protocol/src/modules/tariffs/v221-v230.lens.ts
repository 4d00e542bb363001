import { holds, isJsonObject, type JsonObject } from '../../json/json-object.js'
import { isAmount, withoutVat } from '../../lens/amounts.js'
import { withField, withoutField } from '../../lens/fields.js'
import { type Crossing, GONE, gone, lens, note, type Place, type Step } from '../../lens/lens.js'
import {
  declareSetAside,
  inEach,
  inField,
  leaveOut,
  newerOnly,
  rename,
  setAsideFields,
} from '../../lens/steps.js'
import { energyMix } from '../locations/v221-v230.lens.js'

const TAX_INCLUDED = 'tax_included'
const priceWithoutVat = 'the target version holds prices without VAT; computed from vat, to six decimals'
const unknownNet = 'price includes tax and its VAT rate is not known, so a price without VAT cannot be stated'
const noTaxes = 'no taxes apply, which the target version says by leaving vat out'
const undecided = 'whether prices include tax is not stated'
const pricesInPatch = 'prices and tax_included depend on each other and cannot cross in a PATCH'

type ComponentDown = (component: JsonObject, at: Place, crossing: Crossing) => JsonObject | typeof GONE

/** Every price component of a tariff through one function; GONE when one of them is. */
const eachComponent = (
  tariff: JsonObject,
  at: Place | undefined,
  crossing: Crossing,
  change: ComponentDown,
): JsonObject | typeof GONE => {
  if (!Array.isArray(tariff.elements)) return tariff
  const inElements: Place = { parent: at, key: 'elements' }
  const elements: unknown[] = []
  for (const [index, element] of tariff.elements.entries()) {
    if (!isJsonObject(element) || !Array.isArray(element.price_components)) {
      elements.push(element)
      continue
    }
    const inComponents: Place = { parent: { parent: inElements, key: index }, key: 'price_components' }
    const components: unknown[] = []
    for (const [position, component] of element.price_components.entries()) {
      const place: Place = { parent: inComponents, key: position }
      const changed = isJsonObject(component) ? change(component, place, crossing) : component
      if (changed === GONE) return GONE
      components.push(changed)
    }
    elements.push(withField(element, 'price_components', components))
  }
  return withField(tariff, 'elements', elements)
}

const toNet: ComponentDown = (component, at, crossing) => {
  const { price, vat } = component
  const net = isAmount(price) && isAmount(vat) ? withoutVat(price, vat) : undefined
  if (net === undefined) return gone(crossing, { parent: at, key: 'price' }, unknownNet)
  if (net !== price) note(crossing, at, 'price', { reason: priceWithoutVat, severity: 'changed' })
  return withField(component, 'price', net)
}

const toUntaxed: ComponentDown = (component, at, crossing) =>
  leaveOut(component, 'vat', at, crossing, noTaxes)

const lowerTaxes = (
  tariff: JsonObject,
  at: Place | undefined,
  crossing: Crossing,
): JsonObject | typeof GONE => {
  const rest = withoutField(tariff, TAX_INCLUDED)
  switch (tariff[TAX_INCLUDED]) {
    case 'NO':
      return rest
    case 'N/A':
      note(crossing, at, TAX_INCLUDED, { reason: noTaxes, severity: 'changed' })
      return eachComponent(rest, at, crossing, toUntaxed)
    case 'YES':
      note(crossing, at, TAX_INCLUDED, { reason: priceWithoutVat, severity: 'changed' })
      return eachComponent(rest, at, crossing, toNet)
    default:
      return gone(crossing, { parent: at, key: TAX_INCLUDED }, undecided)
  }
}

/** Prices came to say whether they include tax; in the older version they never do (tariffs.md 6.1). */
const taxIncluded: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside(TAX_INCLUDED),
    { direction: 'down', pointer: '', reason: unknownNet },
    { direction: 'down', pointer: '', reason: undecided },
    { direction: 'down', pointer: `/${TAX_INCLUDED}`, reason: undecided },
    { direction: 'down', pointer: '/elements/*/price_components/*/price', reason: unknownNet },
    { direction: 'down', pointer: '', reason: pricesInPatch },
    { direction: 'down', pointer: `/${TAX_INCLUDED}`, reason: noTaxes },
    { direction: 'down', pointer: `/${TAX_INCLUDED}`, reason: priceWithoutVat },
    { direction: 'down', pointer: '/elements/*/price_components/*/price', reason: priceWithoutVat },
    { direction: 'down', pointer: '/elements/*/price_components/*/vat', reason: noTaxes },
  ],
  up(tariff, at, crossing) {
    const own = setAsideFields(tariff, [TAX_INCLUDED], at, crossing)
    return crossing.form === 'whole' || holds(own, 'elements') ? withField(own, TAX_INCLUDED, 'NO') : own
  },
  down(tariff, at, crossing) {
    const statesTaxes = holds(tariff, TAX_INCLUDED)
    if (crossing.form === 'whole' || (statesTaxes && holds(tariff, 'elements')))
      return lowerTaxes(tariff, at, crossing)
    return statesTaxes || holds(tariff, 'elements') ? gone(crossing, at, pricesInPatch) : tariff
  },
}

/** Price of the older version, PriceLimit of the newer: the same two amounts under other names. */
const priceLimit = lens(rename('excl_vat', 'before_taxes'), rename('incl_vat', 'after_taxes'))

const bookingOnly = 'an element for bookings; the target version would apply it to every session'

/** An element with a `booking` restriction is left out: without it, it would be a price for everything (BKG-058). */
const bookingElement: Step = {
  keepsShape: true,
  declares: [{ direction: 'down', pointer: '', reason: bookingOnly }],
  up: (element) => element,
  down(element, at, crossing) {
    const { restrictions } = element
    const booked =
      isJsonObject(restrictions) && holds(restrictions, 'booking') && restrictions.booking !== null
    return booked ? gone(crossing, at, bookingOnly) : element
  },
}

const element = lens(inField('restrictions', lens(newerOnly('booking'))), bookingElement)

/** Tariff: tax_included and PriceLimit are new (tariffs.md 6.1, 6.2). */
export const tariff = lens(
  inField('min_price', priceLimit),
  inField('max_price', priceLimit),
  newerOnly('preauthorize_amount'),
  taxIncluded,
  inEach('elements', element, { atLeastOne: true }),
  inField('energy_mix', energyMix),
)
