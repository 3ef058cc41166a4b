/// The schema of migration v1 as it was released. Never edit it: ledgers in use look like this.
let schemaV1 = ""
