import NIOCore

/// Log-ins: what they ask is found out away from the event loop.
extension SMTPHandler {
    func ask(_ question: SASLQuestion, _ context: ChannelHandlerContext) {
        let promise = context.eventLoop.makePromise(of: SASLAnswer.self)
        Task(executorPreference: LoopExecutor(context.eventLoop)) { [server, peer] in
            promise.succeed(await server.desk?.answer(question, from: peer) ?? .unavailable)
        }
        pause(context, for: promise.futureResult) { handler, context, answer in
            handler.perform(handler.conversation.answer(answer ?? .unavailable), context)
        }
    }

    /// Counts what a log-in came to.
    func noteLogIn(_ reply: SMTPReply) {
        server.counters.countLogIn(isDone: reply == .authenticated)
        guard reply == .authenticated, let user = conversation.session.info.authenticatedUser else { return }
        server.desk?.welcome(user, from: peer)
    }
}
