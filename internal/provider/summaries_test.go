package provider

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// diagnosticFuncs are the functions that make diagnostics, with the place of the summary among
// their arguments.
var diagnosticFuncs = map[string]int{
	"AddError":                      0,
	"addReadProblem":                0,
	"AddWarning":                    0,
	"AddAttributeError":             1,
	"AddAttributeWarning":           1,
	"NewErrorDiagnostic":            0,
	"NewWarningDiagnostic":          0,
	"NewAttributeErrorDiagnostic":   1,
	"NewAttributeWarningDiagnostic": 1,
}

// libraryValidators are the validators of the library that are used, with their summaries.
var libraryValidators = map[string]string{
	"listvalidator.NoNullValues":    "Null List Value",
	"listvalidator.ValueStringsAre": "", // those of its own validators
}

// neverGiven are the summaries that the source seems to have and doesn't.
var neverGiven = []string{
	// Linq has one kind of credential, of one part; Wix has no files that aren't ready.
	"Conflicting Linq Credentials", "Incomplete Linq Credentials",
	"Wix Contact Attachment Failed", "Wix Contact Attachments Failed",
	"Wix Contact Attachment Not Ready", "Wix Contact Attachments Not Ready",
	// Credentials are unknown together, and arguments of blocks are known when they are read.
	"Unknown Linq API Key", "Unknown Wix API Key", "Unknown Wix Access Token",
	"Unknown Wix App ID", "Unknown Wix App Secret", "Unknown Wix App Instance ID",
	"Unknown Linq Attachment ID", "Unknown Wix Attachment ID", "Unknown Wix Contact ID",
	"Unknown Time Limit", "Unknown Proxy",
}

// summarySource finds the summaries of diagnostics in the source.
type summarySource struct {
	t     *testing.T
	files *token.FileSet
	found []ast.Expr
	// parts are the texts that a name in the expression of a summary stands for.
	parts     map[string][]string
	libraries []string
}

// summaries returns the summaries of all diagnostics that the package can give.
func summaries(t *testing.T) []string {
	t.Helper()
	s := &summarySource{t: t, files: token.NewFileSet(), parts: map[string][]string{}}
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(s.files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, s.visit)
	}

	all := map[string]bool{}
	for _, expression := range s.found {
		for _, summary := range s.texts(expression) {
			all[summary] = true
		}
	}
	for _, name := range s.libraries {
		summary, ok := libraryValidators[name]
		if !ok {
			t.Errorf("this test doesn't know the summary of %s", name)
		}
		all[summary] = true
	}
	delete(all, "")
	for _, summary := range neverGiven {
		if !all[summary] {
			t.Errorf("%q isn't even in the source", summary)
		}
		delete(all, summary)
	}
	return slices.Sorted(maps.Keys(all))
}

func (s *summarySource) visit(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.CallExpr:
		s.call(node)
	case *ast.CompositeLit:
		s.literal(node)
	case *ast.AssignStmt:
		for i, left := range node.Lhs {
			if isIdent(left, "summary") && len(node.Rhs) == len(node.Lhs) {
				s.found = append(s.found, node.Rhs[i])
			}
		}
	case *ast.FuncDecl:
		if results := node.Type.Results; results != nil && len(results.List[0].Names) > 0 &&
			results.List[0].Names[0].Name == "summary" {
			ast.Inspect(node, func(inner ast.Node) bool {
				statement, ok := inner.(*ast.ReturnStmt)
				if ok && len(statement.Results) > 1 { // else it is a call of another such function
					s.add(statement.Results[0])
				}
				return true
			})
		}
	}
	return true
}

// add takes the expression of a summary, but for the variable that holds one.
func (s *summarySource) add(expression ast.Expr) {
	if !isIdent(expression, "summary") {
		s.found = append(s.found, expression)
	}
}

func (s *summarySource) call(call *ast.CallExpr) {
	switch function := call.Fun.(type) {
	case *ast.Ident:
		if function.Name == "validate" || function.Name == "validateInt" {
			s.part("name", call.Args[0])
		}
	case *ast.SelectorExpr:
		if i, ok := diagnosticFuncs[function.Sel.Name]; ok {
			s.add(call.Args[i])
		}
		if function.Sel.Name == "addUnknown" {
			s.add(&ast.BinaryExpr{
				X: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote("Unknown ")}, Y: call.Args[0],
			})
		}
		library, ok := function.X.(*ast.Ident)
		if ok && strings.HasSuffix(library.Name, "validator") {
			s.libraries = append(s.libraries, library.Name+"."+function.Sel.Name)
		}
	}
}

func (s *summarySource) literal(literal *ast.CompositeLit) {
	for _, element := range literal.Elts {
		field, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, _ := field.Key.(*ast.Ident)
		switch {
		case key == nil:
		case isIdent(literal.Type, "setting") && key.Name == "name",
			isIdent(literal.Type, "subject") && key.Name == "entity",
			isIdent(literal.Type, "vendor") && key.Name == "api":
			s.part(key.Name, field.Value)
		}
	}
}

// part notes a text that a name stands for. What is no literal is another name's.
func (s *summarySource) part(name string, value ast.Expr) {
	if literal, ok := value.(*ast.BasicLit); ok {
		s.parts[name] = append(s.parts[name], s.texts(literal)...)
	}
}

// texts returns all that the expression can come to.
func (s *summarySource) texts(expression ast.Expr) []string {
	switch expression := expression.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(expression.Value)
		if err != nil {
			s.t.Fatal(err)
		}
		return []string{text}
	case *ast.BinaryExpr:
		var sums []string
		for _, first := range s.texts(expression.X) {
			for _, second := range s.texts(expression.Y) {
				sums = append(sums, first+second)
			}
		}
		return sums
	case *ast.SelectorExpr:
		return s.texts(expression.Sel)
	case *ast.Ident:
		if texts := s.parts[expression.Name]; len(texts) > 0 {
			return texts
		}
	}
	s.t.Fatalf("%s: this test can't tell what the summary comes to",
		s.files.Position(expression.Pos()))
	return nil
}

func isIdent(expression ast.Expr, name string) bool {
	ident, ok := expression.(*ast.Ident)
	return ok && ident.Name == name
}
