// Writes what is in a Parquet file, as JSON: its metadata, how many rows it has, and
// the name and the mean of each column. It is for a test, of cmd/oxysim.
import { decompress } from 'fzstd'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'

const file = await asyncBufferFromFile(process.argv[2])
const metadata = await parquetMetadataAsync(file)
const compressors = { ZSTD: (input, length) => decompress(input, new Uint8Array(length)) }
const rows = await parquetReadObjects({ file, metadata, compressors })
const columns = metadata.schema.slice(1).map(({ name }) => {
  let sum = 0
  for (const row of rows) sum += Number(row[name])
  return { name, mean: sum / rows.length }
})
const said = Object.fromEntries(metadata.key_value_metadata.map(({ key, value }) => [key, value]))
console.log(JSON.stringify({ rows: rows.length, said, columns }))
