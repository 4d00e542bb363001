import { useAppFacts } from '../api/app-facts.js'
import { textsOf } from '../texts/say.js'
import { Notice } from './states.js'

const say = textsOf('frame')

/** Says that this is a demonstration and how fast its time runs; nothing elsewhere. */
export const DemoNotice = () => {
  const speed = useAppFacts().value?.demo?.speed
  return speed === undefined || speed === null ? null : <Notice>{say('demo_notice', { speed })}</Notice>
}
