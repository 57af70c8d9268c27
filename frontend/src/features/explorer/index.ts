export { DatapointPage } from './datapoint/DatapointPage'
export { Explorer } from './Explorer'
export { type ExplorerSearch, validateSearch } from './state/address'
