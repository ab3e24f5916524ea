using System.Globalization;
using System.Text;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Syntax;

/// <summary>Cuts an expression into tokens, on demand: whether "/" begins a regex is known only to the parser.</summary>
internal sealed class Lexer(string text)
{
    private const string Symbols = ".[]{}(),@#;:?+-*/%|=<>^&!~";

    private int _at;

    /// <summary>The offset behind the last token.</summary>
    public int Position
    {
        get => _at;
        set => _at = value;
    }

    /// <param name="prefix">True where an operand is expected.</param>
    public Token Next(bool prefix)
    {
        SkipBlanks();
        var start = _at;
        if (start >= text.Length) return new Token(TokenKind.End, string.Empty, start, start);
        var c = text[start];
        if (c == '/' && prefix) return Regex();
        if (Two() is { } two)
        {
            _at += 2;
            return new Token(TokenKind.Operator, two, start, _at);
        }

        if (Symbols.Contains(c, StringComparison.Ordinal))
        {
            _at++;
            if (c is '!' or '~') throw new SyntaxException("S0204", start, _at, ("token", c.ToString()));
            return new Token(TokenKind.Operator, c.ToString(), start, _at);
        }

        if (c is '"' or '\'') return Quoted(c);
        if (char.IsAsciiDigit(c)) return Number();
        if (c == '`') return Backtick();
        return Word();
    }

    private string? Two()
    {
        if (_at + 1 >= text.Length) return null;
        return (text[_at], text[_at + 1]) switch
        {
            ('.', '.') => "..",
            (':', '=') => ":=",
            ('!', '=') => "!=",
            ('>', '=') => ">=",
            ('<', '=') => "<=",
            ('*', '*') => "**",
            ('~', '>') => "~>",
            ('?', ':') => "?:",
            ('?', '?') => "??",
            _ => null,
        };
    }

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c is ' ' or '\t' or '\n' or '\r' or '\v') _at++;
            else if (c == '/' && _at + 1 < text.Length && text[_at + 1] == '*')
            {
                var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0) throw new SyntaxException("S0106", _at, _at + 2);
                _at = end + 2;
            }
            else return;
        }
    }

    private Token Quoted(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c == quote)
            {
                _at++;
                return new Token(TokenKind.Text, value.ToString(), start, _at);
            }

            if (c == '\\') Escape(value);
            else
            {
                value.Append(c);
                _at++;
            }
        }

        throw new SyntaxException("S0101", start, text.Length);
    }

    private void Escape(StringBuilder value)
    {
        var start = _at++;
        var c = _at < text.Length ? text[_at++] : '\0';
        switch (c)
        {
            case '"' or '\\' or '/': value.Append(c); break;
            case 'b': value.Append('\b'); break;
            case 'f': value.Append('\f'); break;
            case 'n': value.Append('\n'); break;
            case 'r': value.Append('\r'); break;
            case 't': value.Append('\t'); break;
            case 'u':
                if (_at + 4 > text.Length || !int.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                {
                    throw new SyntaxException("S0104", start, Math.Min(_at + 4, text.Length));
                }

                value.Append((char)code);
                _at += 4;
                break;
            default:
                throw new SyntaxException("S0103", start, _at, ("token", c == '\0' ? string.Empty : c.ToString()));
        }
    }

    private Token Number()
    {
        var start = _at;
        if (text[_at] == '0') _at++;
        else Digits();
        if (_at + 1 < text.Length && text[_at] == '.' && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            Digits();
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            var exponent = _at + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-') exponent++;
            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                _at = exponent;
                Digits();
            }
        }

        var digits = text[start.._at];
        if (!Numbers.IsFinite(Numbers.Parse(digits))) throw new SyntaxException("S0102", start, _at, ("token", digits));
        return new Token(TokenKind.Number, digits, start, _at);
    }

    private void Digits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
    }

    private Token Backtick()
    {
        var start = _at;
        var end = text.IndexOf('`', _at + 1);
        if (end < 0) throw new SyntaxException("S0105", start, text.Length);
        _at = end + 1;
        return new Token(TokenKind.Name, text[(start + 1)..end], start, _at, Quoted: true);
    }

    private Token Word()
    {
        var start = _at;
        while (_at < text.Length && text[_at] is not (' ' or '\t' or '\n' or '\r' or '\v') && !Symbols.Contains(text[_at], StringComparison.Ordinal)) _at++;
        var word = text[start.._at];
        if (word[0] == '$') return new Token(TokenKind.Variable, word[1..], start, _at);
        return word switch
        {
            "and" or "or" or "in" => new Token(TokenKind.Operator, word, start, _at),
            "true" => new Token(TokenKind.True, word, start, _at),
            "false" => new Token(TokenKind.False, word, start, _at),
            "null" => new Token(TokenKind.Null, word, start, _at),
            _ => new Token(TokenKind.Name, word, start, _at),
        };
    }

    /// <summary>A slash inside brackets does not end the pattern: JSONata counts every kind of bracket.</summary>
    private Token Regex()
    {
        var start = _at++;
        var depth = 0;
        for (; _at < text.Length; _at++)
        {
            var c = text[_at];
            var escaped = text[_at - 1] == '\\' && (_at < 2 || text[_at - 2] != '\\');
            if (c == '/' && !escaped && depth == 0)
            {
                var pattern = text[(start + 1).._at];
                if (pattern.Length == 0) throw new SyntaxException("S0301", start, _at + 1);
                var flags = ++_at;
                while (_at < text.Length && text[_at] is 'i' or 'm') _at++;
                return new Token(TokenKind.Regex, pattern, start, _at, text[flags.._at]);
            }

            if (escaped) continue;
            if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or ']' or '}') depth--;
        }

        throw new SyntaxException("S0302", start, text.Length);
    }
}
