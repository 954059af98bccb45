package house

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// languageServer is the other end of the Language Server Protocol: messages of
// JSON-RPC, each behind a Content-Length, over a child's stdin and stdout. One
// conversation, one goroutine: whoever waits for an answer reads what comes
// before it, too.
type languageServer struct {
	t    *testing.T
	in   io.Writer
	out  *bufio.Reader
	last int // the id of the last request

	settings map[string]any          // what the server is told when it asks, by section
	findings map[string][]lspFinding // what was last published, by URI
}

// message is a request, a notification or an answer.
type message struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   json.RawMessage `json:"error,omitempty"`
}

// lspPosition counts lines from 0, and characters in units of UTF-16.
type lspPosition struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type lspRange struct {
	Start lspPosition `json:"start"`
	End   lspPosition `json:"end"`
}

type lspFinding struct {
	Range   lspRange `json:"range"`
	Message string   `json:"message"`
}

// answerWithin is how long a conversation may last; a server that hangs is ended.
const answerWithin = 2 * time.Minute

// converse starts a language server and says hello.
func converse(t *testing.T, root string, settings map[string]any, command string, args ...string) *languageServer {
	t.Helper()
	cmd := exec.Command(command, args...)
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	late := time.AfterFunc(answerWithin, func() { _ = cmd.Process.Kill() })
	s := &languageServer{t: t, in: in, out: bufio.NewReader(out), settings: settings, findings: map[string][]lspFinding{}}
	t.Cleanup(func() {
		s.request("shutdown", nil, nil)
		s.notify("exit", nil)
		_ = in.Close()
		_ = cmd.Wait()
		late.Stop()
	})
	s.request("initialize", map[string]any{
		"processId":        nil,
		"rootUri":          root,
		"workspaceFolders": []map[string]any{{"uri": root, "name": "project"}},
		"capabilities": map[string]any{
			"workspace": map[string]any{"configuration": true},
			"textDocument": map[string]any{
				"hover":              map[string]any{"contentFormat": []string{"markdown"}},
				"completion":         map[string]any{"completionItem": map[string]any{"snippetSupport": true, "documentationFormat": []string{"markdown"}}},
				"publishDiagnostics": map[string]any{},
			},
		},
	}, nil)
	s.notify("initialized", map[string]any{})
	return s
}

// request asks and waits for the answer, which it reads into the result.
func (s *languageServer) request(method string, params, result any) {
	s.t.Helper()
	s.last++
	id := strconv.Itoa(s.last)
	s.send(message{ID: json.RawMessage(id), Method: method, Params: s.encode(params)})
	for {
		m := s.next()
		if m.Method != "" || string(m.ID) != id {
			continue
		}
		require.Empty(s.t, string(m.Error), method)
		if result != nil {
			require.NoError(s.t, json.Unmarshal(m.Result, result), "%s: %s", method, m.Result)
		}
		return
	}
}

func (s *languageServer) notify(method string, params any) {
	s.t.Helper()
	s.send(message{Method: method, Params: s.encode(params)})
}

// open hands a document over and waits for what the server finds in it.
func (s *languageServer) open(uri, text string) []lspFinding {
	s.t.Helper()
	delete(s.findings, uri)
	s.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
	for {
		if found, ok := s.findings[uri]; ok {
			return found
		}
		s.next()
	}
}

// next reads one message. What is published is kept. What is asked of an editor
// is answered with nothing, but for its settings.
func (s *languageServer) next() message {
	s.t.Helper()
	header, err := textproto.NewReader(s.out).ReadMIMEHeader()
	require.NoError(s.t, err, "the language server ended, or had no answer within %s", answerWithin)
	length, err := strconv.Atoi(header.Get("Content-Length"))
	require.NoError(s.t, err)
	body := make([]byte, length)
	_, err = io.ReadFull(s.out, body)
	require.NoError(s.t, err)
	var m message
	require.NoError(s.t, json.Unmarshal(body, &m), "%s", body)
	switch {
	case m.Method == "textDocument/publishDiagnostics":
		var p struct {
			URI         string       `json:"uri"`
			Diagnostics []lspFinding `json:"diagnostics"`
		}
		require.NoError(s.t, json.Unmarshal(m.Params, &p))
		s.findings[p.URI] = p.Diagnostics
	case m.Method != "" && m.ID != nil:
		s.send(message{ID: m.ID, Result: s.answer(m)})
	}
	return m
}

func (s *languageServer) answer(m message) json.RawMessage {
	if m.Method != "workspace/configuration" {
		return json.RawMessage("null")
	}
	var asked struct{ Items []struct{ Section string } }
	require.NoError(s.t, json.Unmarshal(m.Params, &asked))
	sections := make([]any, len(asked.Items))
	for i, item := range asked.Items {
		sections[i] = s.settings[item.Section]
	}
	return s.encode(sections)
}

func (s *languageServer) encode(params any) json.RawMessage {
	if params == nil {
		return nil
	}
	text, err := json.Marshal(params)
	require.NoError(s.t, err)
	return text
}

func (s *languageServer) send(m message) {
	s.t.Helper()
	m.Version = "2.0"
	_, err := fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(s.encode(m)), s.encode(m))
	require.NoError(s.t, err)
}
