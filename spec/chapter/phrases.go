package chapter

// phrases are the fixed words of the chapter, a line a phrase and a column a
// language, in the order of languages. Those of methods and parameters may be empty:
// the catalogue has them in English. What stands in square brackets in a blank, as
// %[2]s, is which of the arguments it is.
var phrases = map[string][2]string{
	// Signs between words.
	"comma": {", ", "、"}, "semicolon": {"; ", "；"}, "colon": {": ", "："}, "stop": {".", "。"}, "then": {" Then: ", "然后："}, "space": {" ", ""}, "open": {"(", "（"}, "close": {")", "）"},
	"in brackets %s": {" (%s)", "（%s）"}, "count %d %s": {"%d %s", "%d %s"}, "from %s to %s": {"%s to %s", "%s 至 %s"},

	// The head and the foot.
	"edition %s": {"Edition %s", "%s 版"}, "contents": {"Contents", "目录"},
	"made":   {"Made from the methodology document by rubric docs.", "由 rubric docs 根据方法文件生成。"},
	"digest": {"Digest of what rubric plan prints:", "rubric plan 输出的摘要："},

	// What one wants to know first.
	"overview": {"At a glance", "概览"}, "what is ranked": {"What is ranked", "排名对象"}, "only": {"Only", "仅限"}, "left out": {"Left out", "不计入"}, "period": {"Period", "时期"},
	"each %s by itself": {"each %s by itself", "各%s分别评价"}, "built of": {"Built of", "构成"}, "headline": {"Shown first", "主要结果"},
	"status": {"Status", "状态"}, "status draft": {"Draft", "草案"}, "status published": {"Published: not edited any more", "已发布，不再修改"},
	"comparability": {"Comparability", "可比性"}, "comparable": {"Ranks may be compared with those of editions with the label", "排名可与标签相同的版本比较："},
	"edition id": {"Name", "标识"}, "extends": {"Built on", "基于版本"}, "groups": {"Groups", "分组"},
	"one dimension": {"dimension", "维度"}, "many dimension": {"dimensions", "个维度"},
	"one variable": {"variable", "变量"}, "many variable": {"variables", "个变量"},
	"one indicator": {"indicator", "指标"}, "many indicator": {"indicators", "个指标"},
	"one derived": {"derived figure", "派生指标"}, "many derived": {"derived figures", "个派生指标"},
	"one column": {"column", "数据列"},

	// Tables.
	"structure": {"Dimensions and variables", "维度与变量"}, "structure without variables": {"Dimensions", "维度"}, "holds": {"Holds", "包含"}, "dimension": {"Dimension", "维度"}, "sub-dimension": {"Sub-dimension", "子维度"},
	"variable": {"Variable", "变量"}, "indicator": {"Indicator", "指标"}, "indicators": {"Indicators", "指标"}, "variables and indicators": {"Variables and indicators", "变量与指标"},
	"no": {"No.", "序号"}, "formula": {"Formula", "公式"}, "direction": {"Direction", "方向"}, "measure": {"Unit", "单位"}, "year": {"Year", "年份"},
	"source": {"Source", "来源"}, "node": {"Node", "节点"}, "nodes": {"Of", "适用于"},
	"direction higher": {"↑ Higher is better", "↑ 越高越好"}, "direction lower": {"↓ Lower is better", "↓ 越低越好"}, "judged": {"by level", "按等级"}, "closest to %s": {"→ Closest to %s is best", "→ 越接近 %s 越好"},
	"percent": {"percent", "%"}, "ratio": {"ratio", "比值"},

	// Scoring.
	"scoring": {"How scores are made", "评分方法"},
	"scoring intro": {
		"From the bottom to the top: a value is what a node has before its normalisation, a score what it has after it.", "自下而上逐级计算：“值”是节点标准化之前的数，“得分”是标准化之后的数。",
	},
	"level indicator": {"Indicators", "指标"}, "level variable": {"Variables", "变量"}, "level dimension": {"Dimensions", "维度"}, "level index": {"Index", "总指数"}, "level columns": {"Columns, before any formula", "数据列（公式之前）"},
	"value": {"value", "值"}, "value head": {"Value", "值"}, "score": {"score", "得分"}, "score head": {"Score", "得分"}, "value of indicator": {
		"What the formula of the table yields.", "由表中公式算出。",
	},
	"treatment": {"Outliers", "离群值处理"}, "aggregation": {"Aggregation", "合成"}, "normalisation": {"Normalisation", "标准化"}, "rounding": {"Rounding", "舍入"}, "ranks": {"Ranks", "排名"},
	"no normalisation": {"None: the score is the value.", "无：得分即为值。"}, "single": {"One indicator", "单一指标"},
	"single keep":      {"A variable of one indicator keeps the indicator's score as it is.", "只含一个指标的变量直接沿用该指标的得分。"},
	"single normalise": {"The score of a variable's one indicator is normalised again by the variable's own rule.", "只含一个指标的变量按自身规则对该指标得分再次标准化。"},
	"given":            {"Given figures", "给定数据"}, "given as value": {"Figures that are given are values, and are normalised by the node's own rule.", "给定的数据视为值，并按节点自身规则标准化。"},
	"imputation": {"Missing figures", "缺失值插补"}, "but": {"Otherwise:", "例外："}, "no rule": {"none.", "无。"}, "all of": {"all of", "全部"}, "level": {"Level", "等级"}, "range": {"Range", "区间"}, "own id": {"the unit's own id", "对象自身的标识"},
	"screening": {"Who is ranked", "筛选"}, "screen intro %s": {"A %s is left out of the ranking, before anything is imputed, unless:", "未满足以下条件的 %s 在插补之前即被排除："},
	"screen share %s": {"at least %s %% of its indicators have a value", "至少 %s%% 的指标有数据"}, "screen count %d": {"at least %d of its indicators have a value", "至少 %d 个指标有数据"},
	"screen zeros %s": {"at least %s %% of its values are not zero", "至少 %s%% 的值不为零"}, "screen condition": {"this holds: ", "满足："},
	"name available": {"number of known figures", "可用数据个数"}, "name coverage": {"share of known figures", "可用数据比例"}, "name nonzero": {"share of figures that are not zero", "非零数据比例"},
	"name weight_coverage": {"share of known figures by weight", "按权重计的可用数据比例"}, "name value": {"value", "值"},

	// Weights.
	"weights": {"Weights", "权重"}, "weights equal": {"Nothing is weighted: the children of every node count alike.", "不设权重：每个节点的下级节点同等计入。"},
	"weights intro":   {"Weights are relative to those of the other children of a node. Where all below a node count alike, they are not listed.", "权重为同一上级节点之下的相对值；下级节点同等计入时不再列出。"},
	"weight set %s":   {"Weights: %s.", "权重来源：%s。"},
	"weight":          {"Weight", "权重"},
	"share of parent": {"Share", "占上级"}, "share of index": {"Of the index", "占总指数"}, "below": {"Below it", "下级"}, "equal parts %d": {"%d equal parts", "%d 个等权部分"},

	// Missing figures.
	"missing":             {"Missing figures", "缺失数据"},
	"missing leaf error":  {"Every %[1]s must have a figure: without one there is no result.", "每个 %[1]s 都必须有数据，否则不产生结果。"},
	"missing leaf floor":  {"A %[1]s without a figure gets the lowest score of the scale, and still counts as one of the %[2]s.", "没有数据的 %[1]s 取量表的最低分，并仍计入全部 %[2]s 之内。"},
	"missing leaf keep":   {"A missing figure stays missing: the %[1]s has no score there.", "缺失的数据保持缺失：该 %[1]s 在此没有得分。"},
	"missing parent omit": {"What has no score is left out: a mean divides by the weights that are there, a sum adds what is there.", "没有得分的下级被略去：均值只按现有权重计算，求和只加现有得分。"},
	"missing leaf exclude_unit": {
		"A %[1]s without a figure is left out of the ranking, before anything is normalised.", "没有数据的 %[1]s 在标准化之前即被排除在排名之外。",
	},
	"missing parent error":        {"All that it is made of must have a score: without one there is no result.", "所有下级都必须有得分，否则不产生结果。"},
	"missing parent propagate":    {"Where one of its parts has no score, the %[1]s has none here either; nothing else changes.", "任一下级没有得分时，该 %[1]s 在此也没有得分，其余不变。"},
	"missing parent floor":        {"Where one of its parts has no score, the %[1]s gets the lowest score of the scale.", "任一下级没有得分时，该 %[1]s 取量表的最低分。"},
	"missing parent exclude_unit": {"Where one of its parts has no score, the %[1]s is left out of the ranking, before anything is normalised.", "任一下级没有得分的 %[1]s 在标准化之前即被排除在排名之外。"},
	"imputed first":               {"It is imputed:", "先行插补："}, "else": {"What that cannot fill: ", "仍无法填补时："},
	"coverage condition": {"It needs that", "条件："}, "coverage share %s": {"At least %s %% of them must have a score.", "至少 %s%% 的下级须有得分。"}, "coverage count %d": {"At least %d of them must have a score.", "至少 %d 个下级须有得分。"},
	"markers": {"Texts of the data that stand for the absence of a figure:", "数据中表示缺失的文字："}, "marker": {"Text", "文字"}, "marker reason": {"Meaning", "含义"},
	"marker missing": {"missing", "缺失"}, "marker not_applicable": {"there can be no figure", "不适用"},

	// Bands, derived figures, what is unproven, changes.
	"bands": {"Bands", "分档"}, "bands intro %s": {"A %s is in the band that its score lies in.", "%s 按得分所在区间归档。"}, "of node": {"Of", "对象"}, "band": {"Band", "档次"}, "scores": {"Scores", "得分范围"},
	"derived": {"Derived figures", "派生指标"}, "derived intro %s": {"Computed from the scores of the same %s, and published beside them.", "由同一 %s 的得分计算，与得分一并发布。"},
	"unproven":       {"Choices that are not proved", "未经证实的选择"},
	"unproven intro": {"Choices of this document that the published figures do not prove, with what is known of them. They have a † in the table of indicators.", "以下选择未能由已发布的数据证实，并说明已知情况；指标表中以 † 标出。"},
	"concerns":       {"It concerns", "涉及"},
	"changes":        {"Changes", "变更"}, "changes intro": {"What this edition has otherwise than", "本版与下列版本的不同："}, "no changes": {"Nothing of the method.", "方法没有变化。"},
	"change": {"Change", "变更"}, "of what": {"Of", "对象"}, "before": {"Before", "之前"}, "now": {"Now", "现在"},
	"moved": {"Moved", "移动"}, "added": {"Added", "新增"}, "removed": {"Removed", "删除"}, "changed": {"Changed", "修改"},

	// Methods.
	"methods": {"Methods", "方法"}, "methods intro": {"What is named above, with its formula and where it comes from.", "上文所用方法的公式与出处。"}, "method": {"Method", "方法"}, "what it does": {"What it does", "说明"},
	"rounded to %d decimals": {"Rounded to %d decimals", "保留 %d 位小数"}, "rounded to one": {"Rounded to one decimal", "保留一位小数"}, "rounded to tens %s": {"Rounded to multiples of %s", "舍入到 %s 的倍数"}, "rounded to whole": {"Rounded to whole numbers", "取整"}, "source of all": {"Source of all", "来源"},

	// Data.
	"columns": {"Data", "数据"}, "columns intro": {"The columns that a data set brings, and the numbers of the indicators that are computed from them.", "数据集所含各列，以及由其计算的指标序号。"},
	"column": {"Column", "数据列"}, "name": {"Name", "名称"}, "used by": {"Used by", "用于"}, "header": {"Header in the file", "文件中的列名"}, "note": {"Note", "备注"}, "a text": {"text", "文本"},
	"constant": {"the same at every period", "各时期相同"}, "sources": {"Sources", "来源"}, "publisher": {"Publisher", "发布机构"},

	// Parameters that have a sentence of their own.
	"ties high":   {"tied units all score as the best place that they share", "并列者均按所占名次中最好的一个计分"},
	"ties low":    {"tied units all score as the worst place that they share", "并列者均按所占名次中最差的一个计分"},
	"ties mean":   {"tied units all score the mean of the places that they share", "并列者均取所占名次得分的平均"},
	"ties dense":  {"tied units score as one place, and no place is left out", "并列者只占一个名次，后续名次不空缺"},
	"over period": {"compared within a period", "在同一时期内比较"}, "over all": {"compared over all periods", "跨全部时期比较"},
	"cap none": {"scores beyond the ends are kept", "超出两端的得分予以保留"}, "cap low": {"scores below the scale are held at its lower end", "低于下限的得分按下限计"},
	"cap high": {"scores above the scale are held at its upper end", "高于上限的得分按上限计"}, "cap both": {"scores beyond the scale are held at its ends", "超出两端的得分按端点计"},
	"transform none": {"the value is taken as it is", "值不作变换"}, "transform ln": {"of the natural logarithm of the value", "对值取自然对数"}, "transform log10": {"of the logarithm to base 10 of the value", "对值取以 10 为底的对数"},
	"transform sqrt": {"of the square root of the value", "对值取平方根"}, "transform asinh": {"of the inverse hyperbolic sine of the value", "对值取反双曲正弦"},
	"best highest": {"the highest score is first", "得分最高者居首"}, "best lowest": {"the lowest score is first", "得分最低者居首"},
	"rank_on rounded": {"ranks are of rounded scores", "按舍入后的得分排名"}, "rank_on unrounded": {"ranks are of scores before they are rounded", "按舍入前的得分排名"},
	"polarity positive": {"imbalance is subtracted", "减去失衡项"}, "polarity negative": {"imbalance is added", "加上失衡项"},
	"ends keep": {"beyond the known figures nothing is filled", "已知数据之外不填补"}, "ends hold": {"beyond the known figures the nearest one is held", "已知数据之外取最近的值"}, "ends extend": {"beyond the known figures the line is extended", "已知数据之外沿直线外推"},
	"prefer before": {"of two equally near, the earlier", "等距时取较早者"}, "prefer after": {"of two equally near, the later", "等距时取较晚者"},

	// In tables they are shorter.
	"short cap none": {"–", "–"}, "short cap low": {"low", "下限"}, "short cap high": {"high", "上限"}, "short cap both": {"both", "两端"},
	"short transform none": {"–", "–"}, "short transform ln": {"ln", "ln"}, "short transform log10": {"log₁₀", "log₁₀"}, "short transform sqrt": {"√", "√"}, "short transform asinh": {"asinh", "asinh"},
	"short ties high": {"best", "最好"}, "short ties low": {"worst", "最差"}, "short ties mean": {"mean", "平均"}, "short ties dense": {"dense", "密集"},
	"short over period": {"period", "本期"}, "short over all": {"all periods", "全部时期"},

	// The others by name.
	"param low": {"low", "下限"}, "param high": {"high", "上限"}, "param to": {"scale", "量表"}, "param cap": {"held at", "截断"}, "param transform": {"transformed by", "变换"}, "param over": {"compared over", "比较范围"},
	"param ties": {"ties", "并列"}, "param target": {"target", "目标值"}, "param threshold": {"threshold", "阈值"}, "param classes": {"classes", "类数"}, "param unit": {"reference unit", "参照对象"},
	"param decimals": {"decimals", "小数位数"}, "param power": {"power", "幂"}, "param by": {"in this order:", "依次为"}, "param of": {"by", "按"}, "param max_gap": {"at most so many years apart:", "最大间隔年数"},
	"param predictor": {"predicted from", "预测变量"}, "param value": {"value", "值"}, "param mean": {"mean", "均值"}, "param sd": {"standard deviation", "标准差"}, "param lambda": {"λ", "λ"}, "param max_cells": {"cells replaced at most", "最多替换单元数"}, "param max_skew": {"skewness below", "偏度低于"},
	"param max_kurtosis": {"kurtosis below", "峰度低于"}, "param then": {"where that is not enough", "仍不足时"}, "param ends": {"beyond the ends", "两端之外"}, "param prefer": {"preferred", "优先"},

	// The methods, where the catalogue's own title will not do.
	"method screen/condition": {"", "须成立的条件"}, "method screen/min_coverage": {"", "有数据指标的最低个数或比例"}, "method screen/min_nonzero": {"", "非零值的最低比例"},
	"method impute/group_mean": {"", "取所在组已知值的均值"}, "method impute/group_median": {"", "取所在组已知值的中位数"}, "method impute/last_known": {"", "沿用该时期之前最近的已知值"},
	"method impute/linear_in_time": {"", "在前后已知值之间线性插值"}, "method impute/mean": {"", "取已知值的均值"}, "method impute/median": {"", "取已知值的中位数"}, "method impute/nearest_period": {"", "取时间上最近的已知值"},
	"method impute/regression": {"", "由另一列回归预测"}, "method impute/value": {"", "取给定的数值"},
	"method treat/asinh": {"", "取反双曲正弦"}, "method treat/box_cox": {"", "Box-Cox 幂变换"}, "method treat/clip": {"", "限制在两个界限之间"}, "method treat/log": {"", "取自然对数"},
	"method treat/log_from_min": {"", "对与最小值之差加一取对数"}, "method treat/log_gii": {"", "拉伸至 1 与最大值之间后取对数"}, "method treat/log_shift": {"", "对与最小值之差加极差的百分之一取对数"},
	"method treat/log_shift_by_skew": {"", "log_shift，下尾较长时取其镜像"}, "method treat/sqrt": {"", "取平方根"}, "method treat/winsorise_count": {"", "若干最小和最大值以相邻值替换"},
	"method treat/winsorise_quantile": {"", "限制在两个分位数之间"}, "method treat/winsorise_skew": {"", "逐个以相邻值替换离群值，直至偏度与峰度达标"},
	"method transform/asinh": {"", "反双曲正弦"}, "method transform/ln": {"", "自然对数"}, "method transform/log10": {"", "以 10 为底的对数"}, "method transform/sqrt": {"", "平方根"},
	"method normalise/above_below_mean": {"", "高于均值为 1，接近为 0，低于为 −1"}, "method normalise/ascending_rank": {"", "从最差起计的名次，只计有数据者"}, "method normalise/bands": {"", "每个取值区间对应给定得分"},
	"method normalise/borda": {"", "优于多少个对象"}, "method normalise/distance_to_best": {"", "1 减去与最优者的距离占最差与最优之距的比例"}, "method normalise/distance_to_reference": {"", "1 减去与参照对象的距离占其与最差者距离的比例"},
	"method normalise/distance_to_target": {"", "从最差者到目标之间已完成的比例"}, "method normalise/formula": {"", "得分由关于值的公式给出"}, "method normalise/fraction_of_max": {"", "占最优者的比例"},
	"method normalise/goalposts": {"", "值在两个固定界值之间的位置"}, "method normalise/lookup": {"", "每个等级对应给定得分"}, "method normalise/min_max": {"", "值在全部对象的最差与最优之间的位置"}, "method normalise/none": {"", "得分即为值"},
	"method normalise/percentile_rank": {"", "优于其他对象的比例"}, "method normalise/quantile_classes": {"", "所在分位类：最差为 1，最好为 k"}, "method normalise/rank_points": {"", "N 个对象中最好者得 N 分，最差者得 1 分"}, "method normalise/z_score": {"", "与均值之差除以样本标准差"},
	"method weight/equal": {"", "等权"}, "method weight/given": {"", "给定权重"}, "method weight/set": {"", "命名的权重组"},
	"method aggregate/arithmetic_mean": {"", "下级得分的加权算术平均"}, "method aggregate/borda": {"", "下级排名所得分数之和"}, "method aggregate/copeland": {"", "胜过的对象数减去被胜过的对象数"}, "method aggregate/formula": {"", "关于下级得分的公式"},
	"method aggregate/generalised_mean": {"", "下级得分的加权幂平均"}, "method aggregate/geometric_mean": {"", "下级得分的加权几何平均"}, "method aggregate/harmonic_mean": {"", "下级得分的加权调和平均"}, "method aggregate/max": {"", "下级得分的最大值"},
	"method aggregate/mazziotta_pareto": {"", "下级得分的均值，并按其失衡修正"}, "method aggregate/median": {"", "下级得分的中位数"}, "method aggregate/min": {"", "下级得分的最小值"}, "method aggregate/none": {"It only holds what is below it, and has no score", "仅作分组，没有得分"}, "method aggregate/sum": {"", "下级得分（加权）之和"},
	"method round/half_even": {"", "四舍六入五成双"}, "method round/half_up": {"", "四舍五入"},
	"method rank/dense": {"", "1、2、2、3：名次不空缺"}, "method rank/fractional": {"", "1、2.5、2.5、4：并列者取名次均值"}, "method rank/modified": {"", "1、3、3、4：并列者取较差名次"}, "method rank/ordinal": {"", "1、2、3、4：并列时比较其他得分"}, "method rank/standard": {"", "1、2、2、4：并列者取较好名次，其后空缺"},
	"even sum": {"The scores of what it holds are added up", "各下级得分相加"}, "even arithmetic_mean": {"The arithmetic mean of the scores of what it holds", "各下级得分的算术平均"},
	"even geometric_mean": {"The geometric mean of the scores of what it holds", "各下级得分的几何平均"}, "even harmonic_mean": {"The harmonic mean of the scores of what it holds", "各下级得分的调和平均"},
	"method band/ranges": {"", "得分所在区间的标签"},
}
