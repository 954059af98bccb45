package diag

// Code is the stable name of a kind of finding, with the severity it has and a
// line that says what it is about. Codes are never renamed once released.
type Code struct {
	Name     string
	Severity Severity
	Title    string
}

// The codes of everything that can be wrong with the text of a document.
var (
	YAMLSyntax    = Code{"yaml/syntax", Error, "the file is not YAML"}
	YAMLAlias     = Code{"yaml/alias", Error, "an anchor, alias or tag where plain text is meant"}
	YAMLDuplicate = Code{"yaml/duplicate-key", Error, "the same key twice in one map"}
	YAMLAmbiguous = Code{"yaml/ambiguous", Error, "an unquoted word that other YAML readers take for a truth value"}
	FormatVersion = Code{"format/version", Error, "the document format is missing or not known"}
	SchemaType    = Code{"schema/type", Error, "a value of the wrong type"}
	SchemaValue   = Code{"schema/value", Error, "a value that is not allowed here"}
	SchemaMissing = Code{"schema/required", Error, "a required key is absent"}
	SchemaKey     = Code{"schema/unknown-key", Error, "a key that the format does not have"}
)

// The codes of what a published edition should say, and a draft may lack.
var (
	EditionSource  = Code{"edition/source", Info, "a column of a published edition without a source"}
	EditionMeasure = Code{"edition/measure", Info, "a column of a published edition without a measure"}
	EditionTitle   = Code{"edition/title", Info, "a node of a published edition without a title"}
)

// The codes of a chapter on method, which is made from a document.
var (
	ChapterStale    = Code{"chapter/stale", Error, "a chapter that is not what its document says"}
	ChapterLanguage = Code{"chapter/language", Info, "titles or fixed words that a language lacks, so that a chapter in it has others"}
)

// The codes of everything that can be wrong with the notes that silence findings.
var (
	SilenceWrong   = Code{"silence/wrong", Warning, "a note that is to silence findings, and cannot"}
	SilenceExpired = Code{"silence/expired", Warning, "a note that silences findings no longer"}
	SilenceUnused  = Code{"silence/unused", Warning, "a note that silences nothing"}
)

// The codes of everything that can be wrong with what a document means.
var (
	ExtendsUnknown    = Code{"extends/unknown", Error, "an edition that is not there, or cannot be extended"}
	ExtendsInvalid    = Code{"extends/invalid", Error, "an edition that is extended and has errors itself"}
	ExtendsCycle      = Code{"extends/cycle", Error, "editions that extend each other in a circle"}
	ExtendsRemoved    = Code{"extends/removed", Error, "a key that is removed, and that the edition before does not have"}
	ExtendsMoved      = Code{"extends/moved", Error, "a move of a node that was never there, or to where it cannot go"}
	ExtendsIdle       = Code{"extends/idle", Info, "a change that says what is inherited already"}
	OverrideWrong     = Code{"override/wrong", Error, "a change by --set that names nothing, or says nothing"}
	NameReserved      = Code{"name/reserved", Error, "an id that has a meaning of its own"}
	NameDuplicate     = Code{"name/duplicate", Error, "two nodes with the same path, or two things with one name"}
	NameFolder        = Code{"name/folder", Error, "index or edition differ from the folder names"}
	NameIndex         = Code{"name/index", Error, "versions of one index are meant, and the documents are of two"}
	HierarchyShape    = Code{"hierarchy/shape", Error, "a node that holds nothing, or holds two kinds of things at once"}
	ChoiceUnsettled   = Code{"choice/unsettled", Error, "a choice that no key and no default settles"}
	ChoiceUnused      = Code{"choice/unused", Error, "a key that cannot act where it stands"}
	DefaultUnused     = Code{"default/unused", Warning, "a default that no node takes up"}
	MethodUnknown     = Code{"method/unknown", Error, "a method that the catalogue does not have"}
	MethodParameter   = Code{"method/parameter", Error, "a parameter that the method does not take, or a wrong value for it"}
	DirectionWrong    = Code{"direction/wrong", Error, "a direction that the method cannot have, or lacks"}
	MissingRule       = Code{"missing/rule", Error, "a missing rule that does not exist at this level or for this method"}
	WeightWrong       = Code{"weight/wrong", Error, "weights that are negative or all zero"}
	WeightIdle        = Code{"weight/idle", Info, "a weight that another weighting overrules"}
	BandOverlap       = Code{"band/overlap", Error, "bands that overlap or are empty"}
	BandGap           = Code{"band/gap", Info, "a range of scores that no band covers"}
	ReferenceUnknown  = Code{"reference/unknown", Error, "a name that is not declared: a source, a column, a node"}
	ColumnUnused      = Code{"column/unused", Warning, "a declared column that no formula uses"}
	SourceUnused      = Code{"source/unused", Warning, "a declared source or reason that nothing refers to"}
	ExpressionSyntax  = Code{"expression/syntax", Error, "a formula that is not an expression"}
	ExpressionName    = Code{"expression/unknown-name", Error, "a name in a formula that is neither column nor function"}
	ExpressionType    = Code{"expression/type", Error, "an operator or function applied to the wrong type"}
	ExpressionResult  = Code{"expression/result", Error, "a formula that yields something else than is needed"}
	ExpressionLimit   = Code{"expression/limit", Error, "a formula that is too long, too deep or too costly"}
	MeasureDifferent  = Code{"measure/different", Warning, "different quantities that are added or compared"}
	MeasureScale      = Code{"measure/scale", Warning, "one quantity in two scales"}
	MeasureDeclared   = Code{"measure/declared", Warning, "a measure that is not that of the formula"}
	ExpressionIllegal = Code{"expression/unsupported", Error, "a part of CEL that formulas do not have"}
)

// The codes of everything that can be wrong with data.
var (
	FileMissing      = Code{"file/missing", Error, "a file that the document names cannot be read"}
	DataEmpty        = Code{"data/empty", Error, "a data file without a header or without rows"}
	DataSyntax       = Code{"data/syntax", Error, "a data file that cannot be split into rows and fields"}
	DataRow          = Code{"data/row", Error, "a row with too few or too many fields"}
	DataHeader       = Code{"data/header", Error, "a header that is empty or stands twice"}
	DataKey          = Code{"data/key", Error, "no column of units, or a row without a unit"}
	DataNumber       = Code{"data/number", Error, "a text where a number is meant"}
	DataDuplicate    = Code{"data/duplicate-unit", Error, "a unit that stands twice in one file"}
	DataLimit        = Code{"data/limit", Error, "a line or a file beyond the limits"}
	DataUnit         = Code{"data/unit", Warning, "a unit that one file or the document has and another has not"}
	DataUnitAbsent   = Code{"data/unit-absent", Info, "a unit that is to be left out, and no file has"}
	DataExpect       = Code{"data/unit-count", Error, "another number of units than the document expects"}
	DataColumn       = Code{"data/column-absent", Error, "a column that a node needs and no file has"}
	DataColumnTwice  = Code{"data/column-twice", Error, "a column that two files bring"}
	DataUnused       = Code{"data/column-unused", Info, "a column of a file that the methodology does not use"}
	GivenUnknown     = Code{"given/unknown-node", Error, "a given column that names no node, or several"}
	GivenLevel       = Code{"given/undeclared-level", Error, "a given score that is none of the declared levels"}
	CellMissing      = Code{"cell/missing", Error, "a cell without a figure where the rule is error"}
	CellInvalid      = Code{"cell/invalid", Error, "a formula without a value for a unit where the rule is error"}
	DataGroup        = Code{"data/group", Error, "a group that the data do not say, or that no unit belongs to"}
	DataAbsent       = Code{"data/not-computed", Warning, "a node that only is held, and that the data do not allow to compute"}
	DataPeriod       = Code{"data/period", Error, "a period that is missing or unknown"}
	DataPeriodAbsent = Code{"data/period-absent", Warning, "a period that one file has and another has not"}
	DataSheet        = Code{"data/sheet", Info, "a sheet that nobody chose of several, or one that is named of a file that has none"}
	DataFormula      = Code{"data/formula", Info, "a formula of a workbook, which is read as what it last came to"}
	DataStatus       = Code{"data/status", Error, "an OBS_STATUS letter that does not exist or does not fit its cell"}
	CorrectionWrong  = Code{"correction/wrong", Error, "a correction that does not fit the data"}
	TreatIdle        = Code{"treat/idle", Warning, "a treatment that can do nothing with the column"}
	RankTie          = Code{"rank/tie", Warning, "units that no tie-breaker tells apart"}
	ResultEmpty      = Code{"result/empty", Warning, "an index of which no unit has a score"}
	CellLevel        = Code{"cell/level", Error, "a text that is none of the declared levels"}
	PublishedHeader  = Code{"published/unknown-figure", Error, "a published column or unit that the methodology does not have"}
	VerifyMismatch   = Code{"verify/mismatch", Error, "a recomputed figure that differs from the published one, and is not listed"}
	VerifyGone       = Code{"verify/gone", Error, "a listed deviation that no longer occurs"}
	LockChanged      = Code{"lock/changed", Error, "a frozen edition of which something has changed"}
	LockMissing      = Code{"lock/missing", Warning, "a published edition that is not frozen"}
	LockDraft        = Code{"lock/draft", Error, "a draft that is to be frozen"}
	ConfigWrong      = Code{"config/wrong", Error, "a setting that does not exist or has a wrong value"}
)

// The codes of what looks wrong in data before they are scored.
var (
	DataRange    = Code{"data/range", Warning, "a figure outside the plausible range of its column"}
	DataConstant = Code{"data/constant", Warning, "a column whose figures are all the same"}
	DataTwin     = Code{"data/column-same", Warning, "two columns with the same figures"}
	DataText     = Code{"data/numbers-as-text", Info, "a column of texts that are all numbers"}
	DataOutlier  = Code{"data/outlier", Info, "a figure far beyond all others of its column"}
)

// The codes of what makes sense of a method with its data, or does not.
var (
	SenseConstant   = Code{"sense/constant", Info, "an indicator that is the same for all units"}
	SenseTies       = Code{"sense/ties", Info, "an indicator of which more than half of the units have the same figure"}
	SenseSkew       = Code{"sense/skew", Info, "an indicator whose skewed figures are put on a scale as they are"}
	SenseNegative   = Code{"sense/negative", Info, "a part that works against the whole"}
	SenseImportance = Code{"sense/importance", Info, "a part that has far more or less importance than weight"}
	SenseIdle       = Code{"sense/idle", Info, "an indicator that moves no rank"}
	SenseExtreme    = Code{"sense/extreme", Info, "a scale that one unit sets alone"}
	SenseBeyond     = Code{"sense/beyond", Info, "figures beyond the goalposts of a scale that does not hold them"}
	SensePercent    = Code{"sense/percent", Info, "percentages outside 0 to 100 in a column without a range"}
	SenseCoverage   = Code{"sense/coverage", Info, "an indicator that fewer than two thirds of the units have a figure of"}
	SenseLeftOut    = Code{"sense/left-out", Info, "units that a rule of the document leaves without a rank or a score"}
	SenseSkipped    = Code{"sense/skipped", Info, "something that was not looked at because it would take too long"}
	SenseRedundant  = Code{"sense/redundant", Info, "two parts that say the same"}
)

// The codes of suites: what is wrong with one, and what a methodology does not fulfil.
var (
	SuiteIndex         = Code{"suite/index", Error, "a suite of another index or edition"}
	SuiteContradiction = Code{"suite/contradiction", Error, "expectations that cannot hold together"}
	SuiteExpectation   = Code{"suite/expectation", Error, "an expectation that does not say what is expected, or of what"}
	SuiteData          = Code{"suite/data", Error, "data of a case that cannot be read as such"}
	SuiteUnit          = Code{"suite/unknown-unit", Error, "a unit that the data of a case do not have"}
	SuiteFailed        = Code{"suite/failed", Error, "a figure or an order that is not what a case expects"}
	SuiteFinding       = Code{"suite/finding", Error, "a finding that a case expects and does not come to, or the other way round"}
	SuiteCoverage      = Code{"suite/coverage", Error, "less of a methodology is reached by its suite than is asked for"}
)

// The codes of approvals of changes.
var (
	ApprovalWrong   = Code{"approval/wrong", Error, "an approval that does not say who decided, why, until which day, or on what"}
	ApprovalExpired = Code{"approval/expired", Warning, "an approval that acts no longer"}
	ApprovalGone    = Code{"approval/gone", Warning, "an approval of a change that is not there, or is another one by now"}
)

// The codes of everything that can be wrong with a project of another tool.
var (
	ImportFormat  = Code{"import/format", Error, "a project of another tool that has not the form that the tool asks for"}
	ImportDiffers = Code{"import/differs", Warning, "something that an imported document does otherwise than the tool that it came from"}
	ImportRenamed = Code{"import/renamed", Info, "a code that has another id than its own, which is taken"}
)

// Codes is every code there is, in the order of the pages above.
var Codes = []Code{
	YAMLSyntax, YAMLAlias, YAMLDuplicate, YAMLAmbiguous, FormatVersion, SchemaType, SchemaValue, SchemaMissing, SchemaKey, SilenceWrong, SilenceExpired, SilenceUnused, EditionSource, EditionMeasure, EditionTitle,
	ExtendsUnknown, ExtendsInvalid, ExtendsCycle, ExtendsRemoved, ExtendsMoved, ExtendsIdle, OverrideWrong, NameReserved, NameDuplicate, NameFolder, NameIndex, HierarchyShape, ChoiceUnsettled, ChoiceUnused, DefaultUnused, MethodUnknown,
	MethodParameter, DirectionWrong, MissingRule, WeightWrong, WeightIdle, BandOverlap, BandGap, ReferenceUnknown, ColumnUnused, SourceUnused,
	ExpressionSyntax, ExpressionName, ExpressionType, ExpressionResult, ExpressionLimit, ExpressionIllegal, MeasureDifferent, MeasureScale, MeasureDeclared,
	FileMissing, DataEmpty, DataSyntax, DataRow, DataHeader, DataKey, DataNumber, DataDuplicate, DataLimit, DataUnit, DataUnitAbsent, DataExpect,
	DataColumn, DataColumnTwice, DataUnused, GivenUnknown, GivenLevel, CellMissing, CellInvalid, CellLevel, DataGroup, DataAbsent, DataPeriod, DataPeriodAbsent, DataSheet, DataFormula, DataStatus, CorrectionWrong, TreatIdle, RankTie, ResultEmpty, PublishedHeader,
	SenseConstant, SenseTies, SenseSkew, SenseNegative, SenseRedundant, SenseImportance, SenseIdle, SenseExtreme, SenseBeyond, SensePercent, SenseCoverage, SenseLeftOut, SenseSkipped, DataRange, DataConstant, DataTwin, DataText, DataOutlier, ImportFormat, ImportDiffers, ImportRenamed,
	SuiteIndex, SuiteContradiction, SuiteExpectation, SuiteData, SuiteUnit, SuiteFailed, SuiteFinding, SuiteCoverage,
	VerifyMismatch, VerifyGone, LockChanged, LockMissing, LockDraft, ConfigWrong, ChapterStale, ChapterLanguage,
	ApprovalWrong, ApprovalExpired, ApprovalGone,
}
