import { error, warning } from '../../schema/check-result.js'
import { numberAt, objectAt, objectsAt, repeatedIndexes, textAt } from '../../schema/field-values.js'
import { check } from '../../schema/index.js'

const RESERVATION_DIMENSIONS: readonly unknown[] = ['FLAT', 'TIME']

/** TAR-046: a step size is never negative; 0 is accepted and read as 1. */
export const stepIsNotNegative = check(['step_size'], (component) =>
  (numberAt(component, 'step_size') ?? 0) < 0
    ? [error('/step_size', 'step_size is negative', 'TAR-046')]
    : [],
)

/** TAR-040: an element for reservations prices only FLAT and TIME. */
export const reservationDimensions = check(['restrictions', 'price_components'], (element) => {
  const restrictions = objectAt(element, 'restrictions')
  if (restrictions === undefined || textAt(restrictions, 'reservation') === undefined) return []
  return objectsAt(element, 'price_components').flatMap((component, index) =>
    RESERVATION_DIMENSIONS.includes(component.type)
      ? []
      : [
          error(
            `/price_components/${index}/type`,
            'an element for reservations has only FLAT and TIME components',
            'TAR-040',
          ),
        ],
  )
})

/** TAR-047: one component per dimension in an element; of several the first counts. */
export const dimensionsDiffer = check(['price_components'], (element) => {
  const types = objectsAt(element, 'price_components').map((component) => textAt(component, 'type') ?? '')
  return repeatedIndexes(types).map((index) =>
    warning(
      `/price_components/${index}`,
      'the element prices this dimension already; only the first component counts',
      'TAR-047',
    ),
  )
})
