import { enumNames, jsonSchema, objectNames, type VersionId } from '@interwatt/protocol'
import { type AddCommand, examples } from '../command-context.js'
import { jsonOption, versionOption } from '../options.js'
import { knownSchema } from '../validating/known-schema.js'

interface SchemaOptions {
  readonly version: VersionId
  readonly json?: true
}

const inColumns = (names: readonly string[], width: number): readonly string[] => {
  const length = Math.max(...names.map((name) => name.length)) + 2
  const perLine = Math.max(1, Math.floor((Math.min(width, 100) - 2) / length))
  const lines = Array.from({ length: Math.ceil(names.length / perLine) }, (_, line) =>
    names.slice(line * perLine, (line + 1) * perLine),
  )
  return lines.map((line) => `  ${line.map((name) => name.padEnd(length)).join('')}`.trimEnd())
}

/** `interwatt schema`: the field tables of a version as JSON Schema. */
export const addSchema: AddCommand = (program, context) => {
  program
    .command('schema')
    .summary('print the JSON Schema of an OCPI object')
    .description(
      'Prints the JSON Schema (draft 2020-12) of an OCPI object or enumeration, as it may be sent. ' +
        'Without OBJECT it lists what the version has. Names are not case sensitive.',
    )
    .argument('[object]', 'object or enumeration, such as Location, EVSE or TokenType')
    .addOption(versionOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples([
        ['schema', 'all objects and enumerations of the newest version'],
        ['schema CDR --version 2.2.1', 'the JSON Schema of a CDR in 2.2.1'],
        ['schema Location > location.schema.json', 'keep it for an editor or another validator'],
      ]),
    )
    .action((object: string | undefined, options: SchemaOptions) => {
      const { screen } = context
      const { version } = options
      if (object !== undefined)
        return screen.out(JSON.stringify(jsonSchema(knownSchema(version, object)), undefined, 2))
      const objects = objectNames(version)
      const enumerations = enumNames(version)
      if (options.json) return screen.out(JSON.stringify({ version, objects, enumerations }, undefined, 2))
      screen.out(screen.paint.bold(`Objects of OCPI ${version}`))
      for (const line of inColumns(objects, screen.width)) screen.out(line)
      screen.out('')
      screen.out(screen.paint.bold('Enumerations'))
      for (const line of inColumns(enumerations, screen.width)) screen.out(line)
    })
}
